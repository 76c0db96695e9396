package io.copperline.webrtc.jsep;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.sdp.AudioFormat;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The numbers of our formats in our own offers: those that the other side gave them, for a number means the same as long as the
 * session lasts (RFC 3264 section 8.3.2), and free ones for the rest.
 */
final class PayloadTypes {
    // Of RFC 3551's dynamic range, as Chromium has them.
    private static final int OPUS = 111;
    private static final int EVENTS_48000 = 110;
    private static final int EVENTS_8000 = 126;
    private static final int FIRST_DYNAMIC = 96;

    private final Map<String, Integer> known = new HashMap<>();
    private final Set<Integer> taken = new HashSet<>();

    /** The other side's formats, whichever they are. */
    void learn(List<AudioFormat> formats) {
        for (AudioFormat format : formats) {
            known.put(name(format.encodingName(), format.clockRateHz()), format.payloadType());
            taken.add(format.payloadType());
        }
    }

    int of(AudioCodec codec) {
        int usual = codec == AudioCodec.OPUS ? OPUS : codec.staticPayloadType();
        return of(name(codec.encodingName(), codec.clockRateHz()), usual);
    }

    int ofEvents(int clockRateHz) {
        return of(name("telephone-event", clockRateHz), clockRateHz == 48_000 ? EVENTS_48000 : EVENTS_8000);
    }

    private int of(String name, int usual) {
        return Optional.ofNullable(known.get(name)).orElseGet(() -> {
            int number = usual;
            for (int next = FIRST_DYNAMIC; taken.contains(number); next++) {
                number = next;
            }
            known.put(name, number);
            taken.add(number);
            return number;
        });
    }

    private static String name(String encodingName, int clockRateHz) {
        return encodingName.toLowerCase(Locale.ROOT) + "/" + clockRateHz;
    }
}
