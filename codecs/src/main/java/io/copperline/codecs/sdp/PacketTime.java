package io.copperline.codecs.sdp;

import io.copperline.codecs.audio.AudioCodec;
import java.util.List;

/** How much audio our packets to a peer hold, by its {@code a=ptime} and {@code a=maxptime} (RFC 8866 section 6.4). */
final class PacketTime {
    private static final int MAX_MILLIS = 9_999;

    private static final List<Integer> OF_SAMPLES = List.of(10, 20, 30, 40, 50, 60);
    /** RFC 6716 section 2.1.4: what one frame can hold. */
    private static final List<Integer> OF_OPUS = List.of(10, 20, 40, 60);

    private PacketTime() {}

    /** The peer's wish where it is one of ours to give, otherwise {@code oursMillis}; never above the most it takes, if we can. */
    static int chosen(SdpMedia section, AudioCodec codec, int oursMillis) {
        List<Integer> possible = codec == AudioCodec.OPUS ? OF_OPUS : OF_SAMPLES;
        int wished = millis(section, "ptime", oursMillis);
        int wanted = possible.contains(wished) ? wished : oursMillis;
        int most = Math.min(wanted, millis(section, "maxptime", MAX_MILLIS));
        return possible.stream()
                .filter(p -> p <= most)
                .reduce((_, longer) -> longer)
                .orElse(possible.getFirst());
    }

    /** What cannot be read is as good as absent: fractions of a millisecond, for instance, which RFC 4566 did not forbid. */
    private static int millis(SdpMedia section, String attribute, int otherwise) {
        try {
            return SdpReader.number(
                    section.attribute(attribute).map(String::trim).orElse(""), MAX_MILLIS);
        } catch (SdpException e) {
            return otherwise;
        }
    }
}
