/**
 * The identity of callers (STIR, RFC 8224; PASSporT, RFC 8225; its certificates, RFC 8226; SHAKEN, RFC 8588): a signature in the
 * Identity header that says who calls whom and what the signer vouches for.
 *
 * <pre>
 * INVITE out: numbers = StirSigner = Identity
 * INVITE in:  Identity = header, claims, time, numbers = certificate = chain = signature = its numbers = Verdict
 * </pre>
 *
 * <p>Signatures are the Java runtime's own; JSON is Jackson's. Only fetching certificates has hands, behind
 * {@link io.copperline.sip.stir.CertificateSource}. Left out: the compact form of PASSporTs, which SHAKEN does not use;
 * diverted calls (RFC 8946) and rich call data (RFC 9795), which are passed over; lists of revoked certificates.
 */
package io.copperline.sip.stir;
