/**
 * Digest authentication as a client (RFC 3261 section 22, RFC 7616, RFC 8760): MD5, SHA-256 and SHA-512-256, with and
 * without {@code -sess}, {@code qop=auth} or none. JAIN-SIP's own knows MD5 only. Left out: {@code auth-int}, which no carrier asks
 * for alone, {@code userhash}, and being the server.
 */
package io.copperline.sip.digest;
