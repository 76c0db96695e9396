package io.copperline.webrtc.jsep;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.sdp.AudioFormat;
import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.codecs.sdp.NoCommonCodec;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What browser and we have agreed on.
 *
 * @param payloadType the codec's, in both directions
 * @param telephoneEventPayloadType for digits, or -1 where there are none
 * @param telephoneEventClockRateHz the clock that the browser named for digits
 * @param audioLevelId the header extension that carries the audio level, or 0
 * @param direction what we may do
 */
public record NegotiatedMedia(
        AudioCodec codec,
        int payloadType,
        int telephoneEventPayloadType,
        int telephoneEventClockRateHz,
        int audioLevelId,
        MediaDirection direction) {

    /** Our first choice among theirs. */
    static NegotiatedMedia choose(RemoteDescription remote, List<AudioCodec> preference) throws NoCommonCodec {
        for (AudioCodec codec : preference) {
            Optional<AudioFormat> format = remote.formats().stream()
                    .filter(f -> f.codec().filter(codec::equals).isPresent())
                    .findFirst();
            if (format.isPresent()) {
                Optional<AudioFormat> events = events(remote, codec);
                return new NegotiatedMedia(
                        codec,
                        format.get().payloadType(),
                        events.map(AudioFormat::payloadType).orElse(-1),
                        events.map(AudioFormat::clockRateHz).orElse(codec.clockRateHz()),
                        remote.audioLevelId(),
                        remote.direction().reversed());
            }
        }
        throw new NoCommonCodec("the browser offers none of " + preference);
    }

    /**
     * Digits at the codec's own clock, as RFC 4733 section 2.1 wants. Chromium counts wrongly when it is given another one
     * beside it; Firefox offers 8000 alone, also with Opus, and loses its digits to whoever insists.
     */
    private static Optional<AudioFormat> events(RemoteDescription remote, AudioCodec codec) {
        return remote.formats().stream()
                .filter(AudioFormat::isTelephoneEvent)
                .min(Comparator.comparing(f -> f.clockRateHz() != codec.clockRateHz()));
    }

    /** Whether the duration field of digits cannot be trusted: its clock is not that of the stream it travels in. */
    public boolean telephoneEventClockIsForeign() {
        return telephoneEventClockRateHz != codec.clockRateHz();
    }
}
