package io.copperline.gateway.call;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.sdp.NoCommonCodec;
import io.copperline.codecs.sdp.SdpException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the browser offers, first and later, and what a call answers it in the API's words. Owned by the call. */
final class BrowserOffers {
    private static final Set<AudioCodec> WIDE = EnumSet.of(AudioCodec.G722, AudioCodec.OPUS);

    private final Call call;

    BrowserOffers(Call call) {
        this.call = call;
    }

    /** What these trunks can carry decides what the browser is asked for; before its first offer is answered. */
    void announceSound(Stream<String> trunks) {
        if (trunks.anyMatch(
                name -> call.home().trunks().settings(name).codecs().stream().anyMatch(WIDE::contains))) {
            call.media().wideband();
        }
    }

    /** Answers a browser's offer, or says in the API's words why not. */
    String answer(String offer) {
        try {
            return call.media().answerBrowser(offer);
        } catch (SdpException e) {
            throw new CallRefused(CallRefused.Code.BAD_OFFER, "The SDP offer cannot be used: " + e.getMessage() + ".");
        } catch (NoCommonCodec e) {
            throw new CallRefused(CallRefused.Code.NO_COMMON_CODEC, "No common codec: " + e.getMessage() + ".");
        }
    }

    Optional<String> onFragment(String fragment) {
        if (call.over()) {
            throw new CallRefused(CallRefused.Code.ALREADY_ENDED, "The call is over.");
        }
        try {
            return call.media().onFragment(fragment);
        } catch (SdpException e) {
            throw new CallRefused(
                    CallRefused.Code.BAD_CANDIDATES, "The candidates cannot be used: " + e.getMessage() + ".");
        }
    }

    /** Answers an offer that comes in the middle of the call. All that the trunk ever hears of it is hold. */
    String renegotiate(String offer) {
        if (call.over()) {
            throw new CallRefused(CallRefused.Code.ALREADY_ENDED, "The call is over.");
        }
        if (!call.hasBrowser()) {
            throw new CallRefused(
                    CallRefused.Code.BAD_OFFER, "The call is not answered: there is nothing to change yet.");
        }
        String answer = answer(offer);
        call.holds().browserListens(call.media().browserListens());
        return answer;
    }
}
