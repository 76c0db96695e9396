package io.copperline.sip.location;

/** Where a caller is. It is nobody's but the emergency service's: no log and no record shows it. */
public sealed interface CallerLocation permits GeoUri, CivicAddress, LocationUri {}
