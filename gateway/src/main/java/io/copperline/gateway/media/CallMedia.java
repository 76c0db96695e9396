package io.copperline.gateway.media;

import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.codecs.sdp.NoCommonCodec;
import io.copperline.codecs.sdp.SdpException;
import io.copperline.sip.TrunkSettings;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A call's audio, as the call uses it: all methods on the call's shard, where stages complete, too. */
public interface CallMedia {
    /** The call's trunk can carry wide sound, so the browser shall send it. Before the first answer. */
    void wideband();

    /** Answers the browser's offer: the first one, with which ICE and DTLS begin, or one that changes something. */
    String answerBrowser(String offer) throws SdpException, NoCommonCodec;

    /**
     * A fragment of the browser's: candidates it found later (RFC 8840), or the new credentials of an ICE restart.
     *
     * @return on a restart, our side of it (RFC 9725 section 4.3.3)
     */
    Optional<String> onFragment(String sdpFragment) throws SdpException;

    /** Whether the browser wants to hear anything: who does not, holds. */
    boolean browserListens();

    /** Takes ports for a trunk leg; fails with {@link PortsExhausted}. */
    CompletionStage<LocalAudio> openTrunk(TrunkSettings trunk);

    /** What the trunk leg has come to agree on; audio flows accordingly. */
    void trunkAudio(NegotiatedAudio audio);

    /** The phone was answered: from now on audio is due from the trunk. */
    void answered();

    /**
     * Presses keys towards the phone, one after the other, each for so long.
     *
     * @return false where the trunk takes none yet, or so many wait already; nothing is pressed then
     */
    boolean press(String digits, int durationMillis);

    /** The phone's digit has come by SIP INFO; false where its tone was heard already, so that it is no second one. */
    boolean digitByInfo(char digit);

    /** The trunk does not take this digit by SIP INFO: it is said by its tone, and so are all that follow; false where the trunk is set to INFO. */
    boolean digitRefused(char digit, int durationMillis);

    /** Gives the trunk leg's ports back, which then rest. */
    void closeTrunk();

    /**
     * Takes ports for a leg that may take the place of the present one, which goes on meanwhile; fails with
     * {@link PortsExhausted}. One at a time.
     */
    CompletionStage<LocalAudio> openNext(TrunkSettings trunk);

    /** The next leg's ports take the place of the present ones, which are given back; {@link #trunkAudio} is then about them. */
    void takeNext();

    /** Gives the next leg's ports back, where there are some: nothing comes of it. */
    void closeNext();

    /** Lets the browser hear that the far phone rings, as long as the trunk itself sends nothing (RFC 3960 section 3.2). */
    void ringback(boolean on);

    /** How both legs sounded in the last seconds. */
    MediaQuality quality();

    /** The figures so far. */
    MediaReport report();

    /** Ends both legs and gives everything back. */
    void close();
}
