package io.copperline.sip;

import io.copperline.codecs.sdp.NegotiatedAudio;

/** What a leg tells its owner, in order, on the owner's executor. */
public interface SipLegListener {
    /** The peer has the call (100 or any later response). At most once. */
    void trying();

    /** The far phone rings (180 and its kin). Once for each early dialog that says so. */
    void ringing();

    /**
     * Offer and answer have come to something new: the first time, another early dialog's audio, hold, resume, a new
     * address or codec. A refresh that changes nothing is not told.
     *
     * @param early whether the leg is not answered yet
     */
    void audio(NegotiatedAudio negotiated, boolean early);

    /** The leg is answered and acknowledged as far as it must be for audio to flow. Once. */
    void answered();

    /** The peer sent a digit as INFO. */
    void dtmf(char digit, int durationMillis);

    /**
     * What has become of a digit that we sent as INFO.
     *
     * @param status what the peer says to it, from 200 on; 405 where it has told before that it takes none; 0 where it says nothing
     */
    default void dtmfSent(char digit, int durationMillis, int status) {}

    /** The peer wants that somebody else is called in its place. Where the listener has nothing to say to it, it is declined. */
    default void referred(Referral referral) {
        referral.refuse(603, "no transfers here");
    }

    /** A new call of the same trunk wants to take the place of this leg (RFC 3891): taken, and answered, it is for us to hang up. */
    default void replaced(IncomingCall by) {
        by.refuse(481, 0);
    }

    /** The leg is over and has given back all it took. Once, and the last of all. */
    void ended(SipEnd end);
}
