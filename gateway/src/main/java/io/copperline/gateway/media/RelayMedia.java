package io.copperline.gateway.media;

import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.sip.TrunkSettings;
import java.util.concurrent.CompletionStage;

/** The audio of a call between two phones, as the call uses it: all methods on the call's shard, where stages complete, too. */
public interface RelayMedia {
    /** One of the two phones. */
    enum Side {
        CALLER,
        CALLED;

        Side other() {
            return this == CALLER ? CALLED : CALLER;
        }
    }

    /** Takes ports for a phone's leg, and gives back those that it had; fails with {@link PortsExhausted}. */
    CompletionStage<LocalAudio> open(Side side, TrunkSettings trunk);

    /** What a phone's leg has come to agree on; audio flows accordingly. */
    void agreed(Side side, NegotiatedAudio audio);

    /** The caller hears the other phone from now on; before, he is sent nothing, so that his own phone rings for him (RFC 3960 section 3.2). */
    void letHear();

    /** Both talk: from now on audio is due from each. */
    void answered();

    /** A phone's key has come by SIP INFO; the other one is told of it in the way that its trunk takes. */
    void pressed(Side side, char digit, int durationMillis);

    /** A phone's trunk does not take this key by SIP INFO; as {@link CallMedia#digitRefused}. */
    boolean digitRefused(Side to, char digit, int durationMillis);

    /** The figures of a phone's leg so far. */
    MediaReport.Leg figures(Side side);

    /** How a phone's leg has sounded since the answer. */
    OpinionScores scores(Side side);

    /** Ends both and gives everything back. */
    void close();
}
