package io.copperline.codecs.sdp;

/** Whether a trunk's audio is encrypted with keys from the SDP (RFC 4568). */
public enum SrtpPolicy {
    /** Plain RTP only. */
    OFF,
    /** Encrypted where the peer wants that, too, and plain otherwise (opportunistic, RFC 8643). */
    PREFERRED,
    /** Encrypted, or no call. */
    REQUIRED;

    /** The transport of our offer's audio section. RFC 8643 section 3.1: the plain one, so that nobody has to refuse it. */
    String offeredProtocol() {
        return this == REQUIRED ? AudioSections.SECURE : AudioSections.PLAIN;
    }
}
