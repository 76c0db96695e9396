package io.copperline.sip;

/** Which redirections (3xx, RFC 3261 section 8.1.3.4) a trunk's calls follow. */
public enum Redirects {
    /** None: the call ends. */
    OFF,
    /** Those to the carrier's own servers or domain, on the same trunk. */
    SAME_TRUNK,
    /** Those to a telephone number, which is then called as if the user had dialled it. */
    ROUTES
}
