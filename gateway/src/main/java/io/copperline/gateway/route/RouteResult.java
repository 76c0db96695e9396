package io.copperline.gateway.route;

/** Where a number goes, or why it goes nowhere. */
public sealed interface RouteResult permits RouteMatch, NoRoute, Barred {}
