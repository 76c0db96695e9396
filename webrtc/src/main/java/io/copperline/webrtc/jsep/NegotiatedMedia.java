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
 * @param format the codec as the browser describes it: its payload type holds in both directions, its parameters say what the
 *     browser wants to be sent (RFC 7587 section 6.1)
 * @param redPayloadType of packets that repeat earlier ones of the codec (RFC 2198), towards us; -1 where there are none
 * @param telephoneEventPayloadType for digits, or -1 where there are none
 * @param telephoneEventClockRateHz the clock that the browser named for digits
 * @param comfortNoise whether pauses may be described rather than sent (RFC 7874 section 3), under payload type 13
 * @param audioLevelId the header extension that carries the audio level (RFC 6464), or 0
 * @param midId the header extension that carries the section's {@code mid} (RFC 9143 section 15), or 0
 * @param mid of the section that our audio belongs to
 * @param packetMillis how much audio a packet of ours holds: 20, or 10 where the browser asks for less than 20
 * @param direction what we may do
 */
public record NegotiatedMedia(
        AudioCodec codec,
        AudioFormat format,
        int redPayloadType,
        int telephoneEventPayloadType,
        int telephoneEventClockRateHz,
        boolean comfortNoise,
        int audioLevelId,
        int midId,
        Optional<String> mid,
        int packetMillis,
        MediaDirection direction) {
    private static final int NONE = -1;
    private static final int USUAL_MILLIS = 20;
    private static final int SHORT_MILLIS = 10;
    static final String AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
    static final String MID = "urn:ietf:params:rtp-hdrext:sdes:mid";

    /** Our first choice among theirs. */
    static NegotiatedMedia choose(Voice voice, List<AudioCodec> preference, RedUse red) throws NoCommonCodec {
        RemoteSection section = voice.main();
        List<AudioFormat> formats = section.formats();
        for (AudioCodec codec : preference) {
            Optional<AudioFormat> format = formats.stream()
                    .filter(f -> f.codec().filter(codec::equals).isPresent())
                    .findFirst();
            if (format.isPresent()) {
                Optional<AudioFormat> events = events(formats, codec);
                return new NegotiatedMedia(
                        codec,
                        format.get(),
                        red(formats, format.get(), red),
                        events.map(AudioFormat::payloadType).orElse(NONE),
                        events.map(AudioFormat::clockRateHz).orElse(codec.clockRateHz()),
                        codec.takesComfortNoise() && formats.stream().anyMatch(AudioFormat::isComfortNoise),
                        section.extensionId(AUDIO_LEVEL),
                        section.extensionId(MID),
                        voice.to().orElse(section).mid(),
                        packetMillis(voice.to().orElse(section)),
                        voice.direction());
            }
        }
        throw new NoCommonCodec("the browser offers none of " + preference);
    }

    /** RFC 8866 sections 6.4 and 6.5: {@code maxptime} is a limit and {@code ptime} a wish; the shorter one counts. */
    private static int packetMillis(RemoteSection section) {
        boolean shorter = section.number("ptime").orElse(USUAL_MILLIS) < USUAL_MILLIS
                || section.number("maxptime").orElse(USUAL_MILLIS) < USUAL_MILLIS;
        return shorter ? SHORT_MILLIS : USUAL_MILLIS;
    }

    /** RED for Opus alone, and for nothing but this Opus: {@code a=fmtp:63 111/111}. */
    private static int red(List<AudioFormat> formats, AudioFormat codec, RedUse use) {
        Optional<AudioFormat> red = formats.stream()
                .filter(f -> f.encodingName().equalsIgnoreCase("red") && f.clockRateHz() == codec.clockRateHz())
                .filter(f -> codec.codec().filter(AudioCodec.OPUS::equals).isPresent())
                .filter(f -> f.parameters().matches(codec.payloadType() + "(/" + codec.payloadType() + ")+"))
                .findFirst();
        boolean wanted = use == RedUse.ALWAYS
                || use == RedUse.PREFERRED
                        && red.filter(f -> formats.indexOf(f) < formats.indexOf(codec))
                                .isPresent();
        return wanted ? red.map(AudioFormat::payloadType).orElse(NONE) : NONE;
    }

    /**
     * Digits at the codec's own clock, as RFC 4733 section 2.1 wants. Chromium counts wrongly when it is given another one
     * beside it; Firefox offers 8000 alone, also with Opus, and loses its digits to whoever insists.
     */
    private static Optional<AudioFormat> events(List<AudioFormat> formats, AudioCodec codec) {
        return formats.stream()
                .filter(AudioFormat::isTelephoneEvent)
                .min(Comparator.comparing(f -> f.clockRateHz() != codec.clockRateHz()));
    }

    /** The codec's, in both directions. */
    public int payloadType() {
        return format.payloadType();
    }

    /** Whether the duration field of digits cannot be trusted: its clock is not that of the stream it travels in. */
    public boolean telephoneEventClockIsForeign() {
        return telephoneEventClockRateHz != codec.clockRateHz();
    }

    /** The same without any flow: the browser took its section away. */
    public NegotiatedMedia inactive() {
        return new NegotiatedMedia(
                codec,
                format,
                redPayloadType,
                telephoneEventPayloadType,
                telephoneEventClockRateHz,
                comfortNoise,
                audioLevelId,
                midId,
                mid,
                packetMillis,
                MediaDirection.INACTIVE);
    }
}
