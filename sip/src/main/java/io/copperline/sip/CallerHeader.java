package io.copperline.sip;

/** A header that tells a carrier who calls, beside From. */
public enum CallerHeader {
    /** RFC 3325 section 9.1: what one trusted network tells another. */
    P_ASSERTED_IDENTITY,
    /** RFC 3325 section 9.2: what a user asks the network to assert. */
    P_PREFERRED_IDENTITY,
    /** draft-ietf-sip-privacy-04, which some carriers and PBXs know alone. */
    REMOTE_PARTY_ID,
    /** RFC 5806: for carriers that let an account show the number of whoever has forwarded a call, and no other. */
    DIVERSION
}
