package io.copperline.gateway.route;

/**
 * No browser may call the number, whatever the rules say.
 *
 * @param explanation for the person who asked: what bars it, and the key that says so
 */
public record Barred(String explanation) implements RouteResult {}
