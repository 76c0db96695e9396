package io.copperline.codecs.sdp;

import io.copperline.codecs.audio.AudioCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The payload formats of a trunk's audio section: what we offer, and what of a peer's goes with it. */
final class TrunkFormats {
    /** Our number for digits in offers: what almost everyone uses, and sipp insists on. */
    private static final int TELEPHONE_EVENT_PAYLOAD_TYPE = 101;

    private static final List<Integer> EVENT_CLOCKS_HZ = List.of(8_000, 16_000, 48_000);

    private static final String DIGITS = "0-15";

    private TrunkFormats() {}

    /** Codecs, comfort noise, and one line of digits for each clock in use (RFC 4733 section 2.1). */
    static List<AudioFormat> offered(LocalAudio local) {
        List<AudioFormat> formats = new ArrayList<>();
        for (AudioCodec codec : local.codecs()) {
            formats.add(new AudioFormat(
                    payloadType(codec), codec.encodingName(), codec.clockRateHz(), codec.channels(), ""));
        }
        List<Integer> clocks = local.codecs().stream()
                .map(AudioCodec::clockRateHz)
                .distinct()
                .sorted()
                .toList();
        if (local.comfortNoise() && local.codecs().stream().anyMatch(AudioCodec::takesComfortNoise)) {
            formats.add(AudioFormat.COMFORT_NOISE);
        }
        for (int i = 0; i < clocks.size() && local.telephoneEvent(); i++) {
            formats.add(AudioFormat.telephoneEvent(TELEPHONE_EVENT_PAYLOAD_TYPE + i, clocks.get(i), DIGITS));
        }
        return formats;
    }

    /** The number of a codec in our offers. */
    static int payloadType(AudioCodec codec) {
        return codec.staticPayloadType() >= 0 ? codec.staticPayloadType() : 96;
    }

    /** The peer's first choice among ours (RFC 3264 section 6.1). */
    static AudioFormat chosen(SdpMedia section, List<AudioCodec> codecs) throws NoCommonCodec {
        List<AudioFormat> theirs = AudioFormat.of(section);
        for (AudioFormat format : theirs) {
            if (format.codec().filter(codecs::contains).isPresent()) {
                return format;
            }
        }
        throw new NoCommonCodec("ours: " + codecs + ", theirs: "
                + theirs.stream().map(AudioFormat::encodingName).limit(10).toList());
    }

    /**
     * The peer's digits beside this codec: those at its clock. Where there are none, the first ones: many phones name
     * telephone-event/8000 alone also beside Opus, and some telephone-event/16000 beside G.722.
     */
    static Optional<AudioFormat> events(SdpMedia section, AudioCodec codec) {
        List<AudioFormat> events = AudioFormat.of(section).stream()
                .filter(f -> f.isTelephoneEvent() && EVENT_CLOCKS_HZ.contains(f.clockRateHz()))
                .toList();
        return events.stream()
                .filter(f -> f.clockRateHz() == codec.clockRateHz())
                .findFirst()
                .or(() -> events.stream().findFirst());
    }

    /** Whether a peer takes comfort noise beside this codec, under the number that everyone knows (RFC 3389 section 4). */
    static boolean comfortNoise(SdpMedia section, AudioCodec codec) {
        return codec.takesComfortNoise() && AudioFormat.of(section).stream().anyMatch(AudioFormat::isComfortNoise);
    }

    /** The lines that explain a format. */
    static List<SdpAttribute> lines(AudioFormat format) {
        String type = Integer.toString(format.payloadType());
        String channels = format.channels() > 1 ? "/" + format.channels() : "";
        String mapping = type + " " + format.encodingName() + "/" + format.clockRateHz() + channels;
        SdpAttribute map = new SdpAttribute("rtpmap", mapping);
        return format.isTelephoneEvent() ? List.of(map, new SdpAttribute("fmtp", type + " " + DIGITS)) : List.of(map);
    }
}
