package io.copperline.gateway.carrier;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.config.CarrierHabits;
import io.copperline.config.CarrierHabits.Media;
import io.copperline.gateway.carrier.AudioOffer.Crypto;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the carrier offers in a call of its own, and what an answer makes of it (RFC 3264). */
final class OwnOffer {
    private static final String CRYPTO_TAG = "1";

    private final CarrierHabits habits;
    private final boolean keyed;
    private final String sdp;

    /** @param phone whose key and ports stand in it */
    OwnOffer(Self self, Phone phone) {
        habits = self.habits();
        keyed = phone.door().inlineKey().isPresent();
        sdp = OwnSdp.write(
                self.host(),
                OwnSdp.FIRST_VERSION,
                phone,
                habits.media() == Media.ENCRYPTED ? "RTP/SAVP" : "RTP/AVP", // either: RFC 8643
                formats(habits),
                CRYPTO_TAG,
                "sendrecv");
    }

    String sdp() {
        return sdp;
    }

    private static Map<Integer, String> formats(CarrierHabits habits) {
        Map<Integer, String> formats = new LinkedHashMap<>();
        int dynamic = 96;
        for (AudioCodec codec : habits.codecs()) {
            int type = codec.staticPayloadType() < 0 ? dynamic++ : codec.staticPayloadType();
            String channels = codec.channels() == 1 ? "" : "/" + codec.channels();
            formats.put(type, codec.encodingName() + "/" + codec.clockRateHz() + channels);
        }
        if (habits.telephoneEvent()) {
            for (int clock : habits.codecs().stream()
                    .mapToInt(AudioCodec::clockRateHz)
                    .distinct()
                    .toArray()) {
                formats.put(clock == 8_000 ? 101 : 102, "telephone-event/" + clock);
            }
        }
        return formats;
    }

    /** What the phone works with; empty where the answer has no codec of ours, no address, or no key that must be there. */
    Optional<TonePhone.Agreed> agreed(AudioOffer answer) {
        boolean secure = habits.media() != Media.ENCRYPTED || key(answer).isPresent();
        return answer.choose(habits.codecs())
                .filter(_ -> secure)
                .flatMap(type -> answer.rtp().map(to -> {
                    String[] format = answer.formats().get(type).split("/");
                    AudioCodec codec = AudioCodec.of(format[0], Integer.parseInt(format[1]))
                            .orElseThrow();
                    return new TonePhone.Agreed(
                            codec, type, answer.telephoneEvent(type).orElse(-1), to);
                }));
    }

    /** The key of their audio, where it is encrypted. */
    Optional<Crypto> key(AudioOffer answer) {
        return answer.crypto().filter(_ -> keyed);
    }
}
