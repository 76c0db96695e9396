package io.copperline.sip;

import io.copperline.codecs.sdp.NoCommonEncryption;
import io.copperline.codecs.sdp.SdpException;
import io.copperline.sip.SipEnd.By;
import io.copperline.sip.SipEnd.Kind;
import io.copperline.sip.wire.Message;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.WireFailure;

/** The ways a leg ends, each with its words and whether another trunk may do better. */
final class Ends {
    private static final int MAX_REASON = 120;

    private Ends() {}

    /** We said BYE. */
    static SipEnd hungUp(int q850) {
        return new SipEnd(By.LOCAL, Kind.HANGUP, 0, q850, "hung up", false);
    }

    /** The peer said BYE. */
    static SipEnd peerHungUp(Message bye) {
        return new SipEnd(By.REMOTE, Kind.HANGUP, 0, Q850.of(bye), "the peer hung up", false);
    }

    static SipEnd cancelled(By by, int q850) {
        return new SipEnd(by, Kind.CANCELLED, 487, q850, "cancelled before the answer", false);
    }

    static SipEnd rejectedByUs(int status, int q850) {
        return new SipEnd(By.LOCAL, Kind.REJECTED, status, q850, "refused", false);
    }

    /** Nobody answered while it rang. */
    static SipEnd ringTimeout() {
        return new SipEnd(By.STACK, Kind.TIMEOUT, 0, 0, "nobody answered in time", false);
    }

    /** A final refusal of our INVITE. */
    static SipEnd refused(Response response) {
        int status = response.status();
        if ((status == 488 || status == 606) && Warnings.ofTransport(response)) {
            return new SipEnd(By.REMOTE, Kind.NO_COMMON_ENCRYPTION, status, Q850.of(response), reason(response), true);
        }
        Kind kind = switch (status) {
            case 401, 407 -> Kind.AUTHENTICATION;
            case 408 -> Kind.TIMEOUT;
            case 503 -> Kind.OVERLOAD;
            default -> Kind.REJECTED;
        };
        boolean retryable = status == 408 || status / 100 == 5;
        return new SipEnd(By.REMOTE, kind, status, Q850.of(response), reason(response), retryable);
    }

    private static String reason(Response response) {
        String reason = (response.status() + " " + response.reason()).strip();
        return reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason;
    }

    static SipEnd unreachable(WireFailure failure, String what) {
        String reason = failure == WireFailure.TIMEOUT ? "no response" : what;
        return new SipEnd(By.STACK, Kind.UNREACHABLE, 0, 0, reason, true);
    }

    /** The dialog is gone on the other side, or a request within it got no response. */
    static SipEnd dialogLost(String reason) {
        return new SipEnd(By.STACK, Kind.UNREACHABLE, 0, 0, reason, false);
    }

    /** The caller acknowledged no ringing of ours (RFC 3262 section 3). */
    static SipEnd unacknowledged() {
        return new SipEnd(By.STACK, Kind.UNREACHABLE, 504, 0, "no PRACK", false);
    }

    /** The session timer (RFC 4028) ran out, or a refresh of ours got nothing. */
    static SipEnd sessionExpired(String reason) {
        return new SipEnd(By.STACK, Kind.SESSION_EXPIRED, 0, 0, reason, false);
    }

    /** The peer's SDP cannot be used; of encryption another trunk may think otherwise. */
    static SipEnd badSdp(SdpException why) {
        String reason = "the peer's SDP: " + why.getMessage();
        return why instanceof NoCommonEncryption
                ? new SipEnd(By.STACK, Kind.NO_COMMON_ENCRYPTION, 488, 0, reason, true)
                : new SipEnd(By.STACK, Kind.BAD_SDP, 0, 0, reason, false);
    }

    static SipEnd noCommonCodec(String what) {
        return new SipEnd(By.STACK, Kind.NO_COMMON_CODEC, 488, 0, "no common codec: " + what, true);
    }

    /** A defect of ours, caught where it can hurt this leg only. */
    static SipEnd defect() {
        return new SipEnd(By.STACK, Kind.HANGUP, 500, 0, "internal error", false);
    }
}
