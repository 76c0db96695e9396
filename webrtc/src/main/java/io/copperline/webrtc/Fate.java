package io.copperline.webrtc;

import io.copperline.codecs.srtp.SrtpReceiver;
import io.copperline.webrtc.ice.IceDrop;

/** What became of a datagram, for the counters. */
public enum Fate {
    TAKEN,
    /** Neither STUN nor DTLS nor RTP (RFC 7983). */
    UNKNOWN_PROTOCOL,
    STUN_MALFORMED,
    STUN_NOT_AUTHENTIC,
    STUN_UNEXPECTED,
    STUN_TOO_MANY_ADDRESSES,
    /** DTLS from an address that no check came from. */
    DTLS_UNCHECKED,
    DTLS_DROPPED,
    /** Media before the handshake has made its keys. */
    SRTP_NOT_READY,
    SRTP_MALFORMED,
    SRTP_REPLAYED,
    SRTP_FORGED,
    SRTP_TOO_MANY_STREAMS,
    RTCP_MALFORMED,
    /** The peer is over. */
    CLOSED;

    static Fate of(IceDrop drop) {
        return switch (drop) {
            case TAKEN -> TAKEN;
            case MALFORMED -> STUN_MALFORMED;
            case NOT_AUTHENTIC -> STUN_NOT_AUTHENTIC;
            case UNEXPECTED -> STUN_UNEXPECTED;
            case TOO_MANY_ADDRESSES -> STUN_TOO_MANY_ADDRESSES;
        };
    }

    static Fate ofSrtp(int result) {
        return switch (result) {
            case SrtpReceiver.MALFORMED -> SRTP_MALFORMED;
            case SrtpReceiver.REPLAYED -> SRTP_REPLAYED;
            case SrtpReceiver.FORGED -> SRTP_FORGED;
            case SrtpReceiver.TOO_MANY_STREAMS -> SRTP_TOO_MANY_STREAMS;
            default -> TAKEN;
        };
    }
}
