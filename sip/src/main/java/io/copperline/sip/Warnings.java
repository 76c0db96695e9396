package io.copperline.sip;

import io.copperline.sip.wire.Message;

/** What a peer says about our SDP in a Warning header (RFC 3261 section 20.43). */
final class Warnings {
    /** "Incompatible transport protocol": RTP/AVP where it wants RTP/SAVP, or the other way round. */
    private static final String TRANSPORT = "302";

    private Warnings() {}

    /** Whether it is the transport of our audio that the peer does not take. */
    static boolean ofTransport(Message message) {
        return message.headers().all("Warning").stream()
                .anyMatch(warning -> warning.strip().startsWith(TRANSPORT + " "));
    }
}
