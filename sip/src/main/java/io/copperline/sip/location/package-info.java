/**
 * Where the caller of an emergency call is, as a carrier reads it: by value, in a document beside the SDP (PIDF-LO, RFC 4119 with
 * RFC 5139 and RFC 5491), or by reference (RFC 6442).
 *
 * <pre>
 * geo:38.8977,-77.0365;u=20  = GeoUri --------+
 * country, city, street ...  = CivicAddress --+-- PidfLo = document
 * https://lis.example.com/x  = LocationUri ------------- = Geolocation header
 * </pre>
 *
 * <p>Left out: shapes other than a point with its uncertainty; more than one location in a call; asking a location server
 * (HELD, RFC 5985), and locations of calls that come in.
 */
package io.copperline.sip.location;
