/**
 * Digest authentication as a client (RFC 3261 section 22, RFC 7616, RFC 8760): MD5, SHA-256 and SHA-512-256, with and
 * without {@code -sess}, {@code qop=auth}, {@code auth-int} or none, and the next nonce that a server names. JAIN-SIP's own knows MD5 only.
 * Left out: {@code userhash}, {@code rspauth}, and being the server.
 */
package io.copperline.sip.digest;
