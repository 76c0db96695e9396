package io.copperline.gateway.call;

import java.time.Instant;

/** What happens to a call, in the order it happened. The faces send these on as server-sent events and WebSocket messages. */
public sealed interface CallEvent {
    /** When it happened. */
    Instant at();

    /** The trunk accepted the call for processing. */
    record Trying(Instant at) implements CallEvent {}

    /** The far phone rings. */
    record Ringing(Instant at) implements CallEvent {}

    /** The trunk sends audio before the call is answered. */
    record EarlyMedia(Instant at) implements CallEvent {}

    /** Both sides talk; the record's paid time starts here. */
    record Answered(Instant at) implements CallEvent {}

    /**
     * One key press.
     *
     * @param digit one of {@code 0-9*#ABCD}
     * @param durationMillis how long the key was held
     * @param direction whose key it was
     * @param via how it travelled on the trunk
     */
    record Dtmf(Instant at, char digit, int durationMillis, Direction direction, Via via) implements CallEvent {}

    /** Something about the audio: what is wrong (or right again), and on whose side. */
    record Media(Instant at, MediaCode code, Side side) implements CallEvent {}

    /**
     * The call is over; always the last event.
     *
     * @param sipStatus the final SIP status, or 0 where none was involved
     * @param q850 the Q.850 cause, or 0 where none is known
     */
    record Ended(Instant at, EndCode code, int sipStatus, int q850, Party by) implements CallEvent {}

    enum Direction {
        TO_PHONE,
        FROM_PHONE
    }

    /** How a digit travelled on the trunk. */
    enum Via {
        RFC4733,
        INFO,
        INBAND
    }

    enum Side {
        BROWSER,
        TRUNK
    }

    /** Who ended the call. */
    enum Party {
        BROWSER,
        TRUNK,
        GATEWAY
    }

    /** What can be said about a call's audio. */
    enum MediaCode {
        /** Nothing has arrived for three seconds. */
        NO_AUDIO,
        /** Packets arrive and hold nothing but silence. */
        SILENCE,
        /** DTLS was not finished two seconds after the first ICE check. */
        DTLS_SLOW,
        /** Audio now comes from another address than the one that was signalled. */
        LATCHED,
        /** More than five per cent of the packets of the last five seconds were lost. */
        LOSSY,
        /** What was wrong before has passed. */
        RECOVERED
    }
}
