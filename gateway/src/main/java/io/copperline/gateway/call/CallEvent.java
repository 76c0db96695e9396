package io.copperline.gateway.call;

import io.copperline.gateway.media.DigitPath;
import io.copperline.gateway.media.MediaQuality;
import io.copperline.gateway.media.MediaTrouble;
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

    /**
     * A trunk has failed an emergency call, which goes on by another.
     *
     * @param trunk the one that failed
     * @param code how
     */
    record NextTrunk(Instant at, String trunk, EndCode code) implements CallEvent {}

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
    record Dtmf(Instant at, char digit, int durationMillis, Direction direction, DigitPath via) implements CallEvent {}

    /**
     * A key that was pressed towards the phone has not reached it.
     *
     * @param sipStatus what the trunk says to it, or 0 where it says nothing
     */
    record DtmfFailed(Instant at, char digit, int sipStatus) implements CallEvent {}

    /** One side holds the other, or takes it back. */
    record Hold(Instant at, boolean held, Side by) implements CallEvent {}

    /** Something about the audio: what is wrong (or right again), on whose side, and since when. */
    record Media(Instant at, MediaTrouble code, Side side, Instant since) implements CallEvent {}

    /** How both legs sound: the first time, and when that has changed so much that people notice. */
    record Quality(Instant at, MediaQuality quality) implements CallEvent {}

    /**
     * The carrier has sent the call on to somebody else before anyone answered.
     *
     * @param to the number, or the name that the carrier has for it
     */
    record Redirected(Instant at, String to) implements CallEvent {}

    /**
     * The call is on its way from one phone to another.
     *
     * @param by whose wish that is
     * @param to the number, or the name that the carrier has for it; empty where it is not known
     * @param sipStatus what the other phone says, or 0
     */
    record Transfer(Instant at, TransferState state, Side by, String to, int sipStatus) implements CallEvent {}

    /**
     * The call is over; always the last event.
     *
     * @param sipStatus the final SIP status, or 0 where none was involved
     * @param q850 the Q.850 cause, or 0 where none is known
     * @param cause why, in words, for the operator; empty where a side hung up or the code says all
     */
    record Ended(Instant at, EndCode code, int sipStatus, int q850, Party by, String cause) implements CallEvent {}

    enum Direction {
        TO_PHONE,
        FROM_PHONE
    }

    enum TransferState {
        STARTED,
        RINGING,
        SUCCEEDED,
        /** The call goes on as it was. */
        FAILED
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
}
