package io.copperline.config;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.audio.WavFile;
import io.copperline.sip.ComfortNoiseMode;
import io.copperline.sip.TrunkMedia;
import io.copperline.sip.TrunkSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The keys of a trunk that say what is done with its audio beyond the codecs. */
final class TrunkMediaKeys {
    private static final Type<ComfortNoiseMode> MODE = Types.oneOf(ComfortNoiseMode.class);

    static final Key<ComfortNoiseMode> COMFORT_NOISE = Key.of(
            "comfort-noise",
            Type.of(MODE.expected(), text -> switch (text) {
                case "true" -> throw new Mismatch("write accept"); // It was a yes or no once.
                case "false" -> throw new Mismatch("write off");
                default -> MODE.parser().parse(text);
            }),
            "off",
            "Who may describe pauses (RFC 3389) rather than send them: nobody (off), the carrier (accept), or we, too (send).");
    static final Key<Boolean> RTCP_MUX =
            Key.of("rtcp-mux", Types.YES_OR_NO, "false", "Whether RTCP may share the port of RTP (RFC 5761).");
    static final Key<Boolean> PASS_THROUGH = Key.of(
            "pass-through",
            Types.YES_OR_NO,
            "false",
            "Whether packets pass untouched, as they come, where browser and carrier have the same codec.");
    static final Key<Path> HOLD_MUSIC = Key.open(
            "hold-music",
            Types.PATH,
            "music.wav",
            "What a phone hears while it is held: a WAV file of 16-bit PCM, mono, 8 or 16 kHz. Default: silence.");

    static final Key<Duration> MEDIA_TIMEOUT = Key.of(
            "media-timeout",
            Types.duration(Duration.ofSeconds(2), Duration.ofDays(1), "for never"),
            "60s",
            "A call is over when nothing has come from the carrier for so long, neither audio nor RTCP; 0: never.");

    static final Key<Integer> PTIME = Key.of(
            "ptime",
            Type.of("10, 20, 30, 40, 50 or 60", TrunkMediaKeys::packetTime),
            "20",
            "Milliseconds of audio in a packet: what the carrier is asked for, and sent where it asks for nothing itself.");

    static final Key<Boolean> RTCP_XR = Key.of(
            "rtcp-xr",
            Types.YES_OR_NO,
            "false",
            "Whether the carrier is asked how it hears us (RTCP XR, RFC 3611); whoever asks us is told in any case.");

    private TrunkMediaKeys() {}

    static TrunkMedia read(Fields trunk) {
        return new TrunkMedia(
                trunk.one(COMFORT_NOISE),
                trunk.one(RTCP_MUX),
                trunk.one(PASS_THROUGH),
                trunk.file(HOLD_MUSIC).flatMap(file -> music(trunk, file)),
                trunk.one(MEDIA_TIMEOUT),
                trunk.one(PTIME),
                trunk.one(RTCP_XR));
    }

    private static int packetTime(String text) throws Mismatch {
        int millis = Types.number(text, 10, 60);
        if (millis % 10 != 0) {
            throw new Mismatch();
        }
        return millis;
    }

    static void check(Fields trunk, TrunkSettings settings) {
        boolean wanted = settings.media().comfortNoise() != ComfortNoiseMode.OFF;
        if (wanted && settings.codecs().stream().noneMatch(AudioCodec::takesComfortNoise)) {
            trunk.problem(
                    COMFORT_NOISE,
                    "pcmu, pcma or g722 among codecs where there is comfort noise",
                    "none of them",
                    "write comfort-noise: off, for Opus has its own; or add one of them to codecs");
        }
    }

    private static Optional<WavFile> music(Fields trunk, Path file) {
        try {
            return Files.isReadable(file) ? Optional.of(WavFile.read(file)) : Optional.empty();
        } catch (IOException e) {
            trunk.problem(
                    HOLD_MUSIC,
                    "a WAV file of 16-bit PCM, mono, 8 or 16 kHz, of up to " + WavFile.MOST_SECONDS + " s",
                    "a file that " + e.getMessage(),
                    "convert it: sox music.mp3 -b 16 -c 1 -r 16000 music.wav");
            return Optional.empty();
        }
    }
}
