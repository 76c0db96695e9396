package io.copperline.codecs.sdp;

import io.copperline.codecs.audio.AudioCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One payload type of an audio section: its {@code a=rtpmap} (RFC 8866 section 6.6), or what RFC 3551 table 4 says of a
 * static type without one, and its {@code a=fmtp}.
 *
 * @param parameters the format parameters, as written; empty where there are none
 */
public record AudioFormat(int payloadType, String encodingName, int clockRateHz, int channels, String parameters) {
    /** Comfort noise beside a codec with a clock of 8000, by its static number (RFC 3389 section 4). */
    public static final AudioFormat COMFORT_NOISE = new AudioFormat(13, "CN", 8_000, 1, "");

    private static final String TELEPHONE_EVENT = "telephone-event";

    static AudioFormat telephoneEvent(int payloadType, int clockRateHz, String events) {
        return new AudioFormat(payloadType, TELEPHONE_EVENT, clockRateHz, 1, events);
    }

    /** The formats of a section, in its order. A payload type that nothing explains is left out. */
    public static List<AudioFormat> of(SdpMedia section) {
        List<AudioFormat> formats = new ArrayList<>();
        for (String format : section.formats()) {
            mapped(section, format).or(() -> assigned(section, format)).ifPresent(formats::add);
        }
        return formats;
    }

    public boolean isTelephoneEvent() {
        return encodingName.equalsIgnoreCase(TELEPHONE_EVENT);
    }

    /** Whether it is {@link #COMFORT_NOISE}, under the number that everyone knows. */
    public boolean isComfortNoise() {
        return payloadType == COMFORT_NOISE.payloadType && encodingName.equalsIgnoreCase(COMFORT_NOISE.encodingName);
    }

    /** The codec, where it is one of ours. */
    public Optional<AudioCodec> codec() {
        return AudioCodec.of(encodingName, clockRateHz);
    }

    /** A whole-number parameter such as {@code maxplaybackrate=8000}. */
    public Optional<Integer> parameter(String name) {
        for (String pair : parameters.split(";")) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).trim().equalsIgnoreCase(name)) {
                try {
                    return Optional.of(
                            SdpReader.number(pair.substring(equals + 1).trim(), 999_999_999));
                } catch (SdpException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<AudioFormat> mapped(SdpMedia section, String format) {
        return section.values("rtpmap")
                .filter(value -> value.startsWith(format + " "))
                .findFirst()
                .flatMap(value -> parse(
                        section, format, value.substring(format.length() + 1).trim()));
    }

    private static Optional<AudioFormat> parse(SdpMedia section, String format, String mapping) {
        String[] parts = mapping.split("/");
        if (parts.length < 2) {
            return Optional.empty();
        }
        try {
            int channels = parts.length > 2 ? SdpReader.number(parts[2], 255) : 1;
            return Optional.of(new AudioFormat(
                    SdpReader.number(format, 127),
                    parts[0],
                    SdpReader.number(parts[1], 999_999),
                    channels,
                    parameters(section, format)));
        } catch (SdpException e) {
            return Optional.empty();
        }
    }

    private static Optional<AudioFormat> assigned(SdpMedia section, String format) {
        if (format.equals(Integer.toString(COMFORT_NOISE.payloadType))) {
            return Optional.of(COMFORT_NOISE);
        }
        for (AudioCodec codec : AudioCodec.values()) {
            if (codec.staticPayloadType() >= 0
                    && Integer.toString(codec.staticPayloadType()).equals(format)) {
                return Optional.of(new AudioFormat(
                        codec.staticPayloadType(),
                        codec.encodingName(),
                        codec.clockRateHz(),
                        codec.channels(),
                        parameters(section, format)));
            }
        }
        return Optional.empty();
    }

    private static String parameters(SdpMedia section, String format) {
        return section.values("fmtp")
                .filter(value -> value.startsWith(format + " "))
                .map(value -> value.substring(format.length() + 1).trim().toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse("");
    }
}
