package io.copperline.gateway.call;

import io.copperline.config.Treatment.Refusal;
import io.copperline.gateway.media.BrowserFailure;
import io.copperline.sip.SipEnd;
import java.util.Optional;

/** How SIP's many ways to end become one of ours. {@code docs/end-codes.md} has the same tables. */
public final class EndCodes {
    private EndCodes() {}

    /** What an end of the trunk's leg comes to. */
    public static EndCode of(SipEnd end) {
        return switch (end.kind()) {
            case HANGUP -> EndCode.HANGUP;
            case CANCELLED -> EndCode.CANCELLED;
            case TIMEOUT -> EndCode.NO_ANSWER;
            case UNREACHABLE -> EndCode.TRUNK_UNREACHABLE;
            case AUTHENTICATION -> EndCode.TRUNK_AUTHENTICATION;
            case SESSION_EXPIRED -> EndCode.SESSION_EXPIRED;
            case BAD_SDP -> EndCode.CARRIER_ERROR;
            case NO_COMMON_CODEC -> EndCode.NO_COMMON_CODEC;
            case NO_COMMON_ENCRYPTION -> EndCode.NO_COMMON_ENCRYPTION;
            case OVERLOAD -> EndCode.CONGESTION;
            // A Reason header (RFC 3326) is the network's own word; the status is what a SIP hop made of it.
            case REJECTED -> ofQ850(end.q850()).orElseGet(() -> ofStatus(end.status()));
        };
    }

    /** Q.850 table 1, as far as it says more than the SIP status. */
    private static Optional<EndCode> ofQ850(int cause) {
        return switch (cause) {
            case 1, 2, 3 -> Optional.of(EndCode.NUMBER_NOT_FOUND);
            case 17 -> Optional.of(EndCode.BUSY);
            case 18, 19 -> Optional.of(EndCode.NO_ANSWER);
            case 20 -> Optional.of(EndCode.UNAVAILABLE);
            case 21 -> Optional.of(EndCode.DECLINED);
            case 22 -> Optional.of(EndCode.NUMBER_CHANGED);
            case 26 -> Optional.of(EndCode.ANSWERED_ELSEWHERE);
            case 28 -> Optional.of(EndCode.NUMBER_INCOMPLETE);
            case 34, 42 -> Optional.of(EndCode.CONGESTION);
            case 38, 41 -> Optional.of(EndCode.CARRIER_ERROR);
            case 57 -> Optional.of(EndCode.FORBIDDEN);
            case 65, 88 -> Optional.of(EndCode.NO_COMMON_CODEC);
            default -> Optional.empty();
        };
    }

    /** RFC 3261 section 21 and RFC 3398 section 8.2.6.1. */
    private static EndCode ofStatus(int status) {
        return switch (status) {
            case 300, 301, 302, 305, 410 -> EndCode.NUMBER_CHANGED;
            case 401, 407 -> EndCode.TRUNK_AUTHENTICATION;
            case 403 -> EndCode.FORBIDDEN;
            case 404, 604 -> EndCode.NUMBER_NOT_FOUND;
            case 408, 487 -> EndCode.NO_ANSWER;
            case 415, 488, 606 -> EndCode.NO_COMMON_CODEC;
            case 480 -> EndCode.UNAVAILABLE;
            case 484 -> EndCode.NUMBER_INCOMPLETE;
            case 486, 600 -> EndCode.BUSY;
            case 503 -> EndCode.CONGESTION;
            case 603, 607, 608 -> EndCode.DECLINED;
            default -> EndCode.CARRIER_ERROR;
        };
    }

    /** Why a call in is refused. */
    static EndCode of(Refusal reason) {
        return switch (reason) {
            case BUSY -> EndCode.BUSY;
            case DECLINED, UNWANTED -> EndCode.DECLINED;
            case UNAVAILABLE -> EndCode.UNAVAILABLE;
            case NOT_FOUND -> EndCode.NUMBER_NOT_FOUND;
        };
    }

    /** The status that says so to the caller; what concerns nobody but the operator is 480. */
    static int status(EndCode code) {
        return switch (code) {
            case BUSY -> 486;
            case DECLINED -> 603;
            case NUMBER_NOT_FOUND -> 404;
            case NUMBER_CHANGED -> 410;
            case NUMBER_INCOMPLETE -> 484;
            case NO_COMMON_CODEC, NO_COMMON_ENCRYPTION -> 488;
            case GATEWAY_STOPPING -> 503; // A carrier takes that to another gateway.
            default -> 480;
        };
    }

    /** The status of a refusal (RFC 8197: 607). */
    public static int status(Refusal reason) {
        return reason == Refusal.UNWANTED ? 607 : status(of(reason));
    }

    /** Why, in words, where somebody or something has failed; empty where one side has hung up. */
    static String cause(SipEnd end) {
        boolean goodbye = end.kind() == SipEnd.Kind.HANGUP || end.kind() == SipEnd.Kind.CANCELLED;
        return goodbye ? "" : end.reason();
    }

    /** The Q.850 cause: the carrier's own, where it has said one. */
    static int q850(EndCode code, SipEnd end) {
        return end.q850() == 0 ? code.q850() : end.q850();
    }

    static CallEvent.Party by(SipEnd end) {
        return switch (end.by()) {
            case REMOTE -> CallEvent.Party.TRUNK;
            case LOCAL, STACK -> CallEvent.Party.GATEWAY;
        };
    }

    /** @param answered whether both sides had talked: then a goodbye is a hang-up, otherwise a change of mind */
    static EndCode of(BrowserFailure failure, boolean answered) {
        return switch (failure) {
            case UNREACHABLE, INSECURE -> EndCode.BROWSER_UNREACHABLE;
            case LOST -> EndCode.BROWSER_LOST;
            case CLOSED -> answered ? EndCode.HANGUP : EndCode.CANCELLED;
        };
    }
}
