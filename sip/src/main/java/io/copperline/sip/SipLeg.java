package io.copperline.sip;

import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.codecs.sdp.NegotiatedAudio;
import java.util.List;
import java.util.Optional;

/**
 * The trunk's side of a call: one SIP dialog, out or in. Every method is called on the leg's owner executor, and a method
 * that no longer makes sense (the leg is over, or was answered already) does nothing.
 */
public interface SipLeg {
    /** The Call-ID, by which the carrier finds this call in its own logs. */
    String sipCallId();

    /** Says where our audio is, on an incoming leg, before {@link #earlyMedia} or {@link #answer}. */
    void audio(LocalAudio local);

    /**
     * Whether an incoming caller's offer can be answered. Where it cannot, it is refused by 488 before anybody rings, and {@code ended}
     * follows.
     */
    default boolean answerable() {
        return true;
    }

    /** Tells an incoming caller that it rings: 180. */
    void ring();

    /** Opens audio towards an incoming caller before the answer: 183 with SDP. */
    void earlyMedia();

    /** Answers an incoming call: 200 with SDP. */
    void answer();

    /**
     * Refuses an incoming call; {@code ended} follows.
     *
     * @param status a final SIP status from 300 on
     * @param q850 the cause for the Reason header, or 0 for none
     */
    void reject(int status, int q850);

    /**
     * Ends the leg in the way that fits its state: CANCEL, BYE, or a refusal. {@code ended} follows, exactly once for each
     * leg however many sides end it.
     *
     * @param q850 the cause for the Reason header, or 0 for none
     */
    void hangUp(int q850);

    /** Puts the peer on hold or takes it back, by re-INVITE. The outcome comes as {@code audio}. */
    void hold(boolean held);

    /**
     * Sends a digit as INFO with {@code application/dtmf-relay}; {@code dtmfSent} follows.
     *
     * @param digit one of {@code 0-9*#A-D}
     */
    void sendInfoDtmf(char digit, int durationMillis);

    /** Asks the peer of an answered leg to call somebody else in our place (REFER). */
    void refer(ReferTarget target, ReferListener listener);

    /** How the peer of another leg may be sent to take our place in this answered one; empty before and after. */
    Optional<ReferTarget.Dialog> replaceable();

    /** Where the 3xx that has ended an outgoing leg points, best first; empty where no 3xx has. */
    List<Destination> redirections();

    /** What offer and answer have agreed on so far. */
    Optional<NegotiatedAudio> audio();
}
