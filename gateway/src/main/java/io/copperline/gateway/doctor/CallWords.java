package io.copperline.gateway.doctor;

import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.gateway.media.DigitPath;
import io.copperline.gateway.media.TrunkPhone.Hearing;
import java.util.Locale;

/** What a test call has measured, in words for people. */
final class CallWords {
    private static final int SILENT = 60;

    private CallWords() {}

    static String agreed(NegotiatedAudio audio) {
        return audio.codec().encodingName() + ", packets of " + audio.ptimeMillis() + " ms, "
                + (audio.srtp().isPresent() ? "encrypted" : "plain")
                + (audio.sendTelephoneEventPayloadType() >= 0 ? ", telephone-event" : ", no telephone-event");
    }

    static double lossPercent(Hearing hearing) {
        long lost = Math.max(0, hearing.figures().packetsLost());
        return 100.0 * lost / (lost + hearing.figures().packetsReceived());
    }

    static String heard(Hearing hearing) {
        String loud = hearing.loudest() > SILENT ? "silence alone" : "sound up to -" + hearing.loudest() + " dBov";
        return String.format(
                Locale.ROOT,
                "%d packets, %.1f %% lost, jitter %d ms, %s",
                hearing.figures().packetsReceived(),
                lossPercent(hearing),
                hearing.figures().jitterMillis(),
                loud);
    }

    static String reported(Hearing hearing) {
        String trip = hearing.figures().roundTripMillis() >= 0
                ? ", round trip " + hearing.figures().roundTripMillis() + " ms"
                : "";
        return String.format(
                Locale.ROOT, "the other side lost %.1f %% of what we sent%s", hearing.sentLossPercent(), trip);
    }

    static String sent(DigitPath path) {
        return switch (path) {
            case RFC4733 -> "as telephone-event";
            case INFO -> "as SIP INFO";
            case INBAND -> "as tones in the audio";
        };
    }
}
