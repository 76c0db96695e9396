package io.copperline.gateway.route;

/**
 * No rule took the number.
 *
 * @param explanation for the person who asked: the number as it was read, every rule that was tried and why it did not match
 */
public record NoRoute(String explanation) implements RouteResult {}
