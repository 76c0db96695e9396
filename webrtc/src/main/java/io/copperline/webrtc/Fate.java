package io.copperline.webrtc;

import io.copperline.codecs.srtp.SrtpReceiver;
import io.copperline.webrtc.ice.IceDrop;

/** What became of a datagram, for the counters. */
public enum Fate {
    /** It was ours, and did its work. */
    TAKEN,
    /** Neither STUN nor DTLS nor RTP (RFC 7983). */
    UNKNOWN_PROTOCOL,
    /** It begins as STUN does, and its attributes do not add up. */
    STUN_MALFORMED,
    /** Another user name, a wrong password, or no fingerprint: somebody else's, or of an earlier ICE generation. */
    STUN_NOT_AUTHENTIC,
    /** A method that ICE does not use, or a response that nobody waits for. */
    STUN_UNEXPECTED,
    /** Authentic, but from more addresses than one browser has. */
    STUN_TOO_MANY_ADDRESSES,
    /** DTLS from an address that no check came from. */
    DTLS_UNCHECKED,
    /** Records of no use in this state of the handshake, or more than its queue takes. */
    DTLS_DROPPED,
    /** Media before the handshake has made its keys. */
    SRTP_NOT_READY,
    /** Too short, or not RTP or RTCP. */
    SRTP_MALFORMED,
    /** It came before, or is too old to tell (RFC 3711 section 3.3.2). */
    SRTP_REPLAYED,
    /** Its tag is wrong. */
    SRTP_FORGED,
    /** Authentic, but of more streams than a browser's audio has. */
    SRTP_TOO_MANY_STREAMS,
    /** Authentic, but no voice towards us is agreed on: a peer that holds may go on sending. */
    RTP_NOT_AGREED,
    /** Authentic RTCP that does not add up. */
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
