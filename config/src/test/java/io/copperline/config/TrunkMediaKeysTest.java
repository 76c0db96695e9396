package io.copperline.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.ComfortNoiseMode;
import io.copperline.sip.TrunkMedia;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrunkMediaKeysTest {
    private static final int SAMPLES = 1_600;

    @TempDir
    Path directory;

    /** A WAV file of silence, whose bytes are all ASCII: its byte rate, which nobody reads, is 0. */
    static String music(int rateHz) {
        String rate = little(rateHz, 4);
        String format = "fmt " + little(16, 4) + little(1, 2) + little(1, 2) + rate + little(0, 4) + little(2, 2)
                + little(16, 2);
        return "RIFF" + little(0, 4) + "WAVE" + format + "data" + little(2 * SAMPLES, 4) + "\0".repeat(2 * SAMPLES);
    }

    private static String little(int number, int bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes; i++) {
            text.append((char) (number >> 8 * i & 0xff));
        }
        return text.toString();
    }

    private static String trunk(String keys) {
        return ConfigFixture.good("trunks:\n  carrier:\n    server: sip.example.com\n" + keys);
    }

    private TrunkMedia read(String keys) {
        return new ConfigFixture(directory)
                .read(trunk(keys))
                .trunks()
                .getFirst()
                .media();
    }

    @Test
    void nothingIsOnUnlessItIsAskedFor() {
        assertEquals(TrunkMedia.USUAL, read(""));
        TrunkMedia all =
                read("    comfort-noise: send\n    rtcp-mux: true\n    pass-through: true\n    rtcp-xr: true\n");
        assertEquals(ComfortNoiseMode.SEND, all.comfortNoise());
        assertTrue(all.rtcpMux() && all.passThrough() && all.voipMetrics());
        assertFalse(all.holdMusic().isPresent());
    }

    private List<String> problems(String keys) {
        return new ConfigFixture(directory).problems(trunk(keys));
    }

    @Test
    void saysWhatComfortNoiseMayBe() {
        assertEquals(
                ComfortNoiseMode.ACCEPT, read("    comfort-noise: accept\n").comfortNoise());
        assertEquals(
                List.of("copperline.yaml:7: trunks.carrier.comfort-noise: expected off, accept or send, found true."
                        + " Fix: write accept."),
                problems("    comfort-noise: true\n"));
        assertEquals(
                List.of("copperline.yaml:7: trunks.carrier.comfort-noise: expected off, accept or send, found false."
                        + " Fix: write off."),
                problems("    comfort-noise: false\n"));
    }

    @Test
    void refusesComfortNoiseBesideNothingThatTakesIt() {
        assertEquals(
                List.of(
                        "copperline.yaml:8: trunks.carrier.comfort-noise: expected pcmu, pcma or g722 among codecs where there"
                                + " is comfort noise, found none of them. Fix: write comfort-noise: off, for Opus has its own; or"
                                + " add one of them to codecs."),
                problems("    codecs: [opus]\n    comfort-noise: send\n"));
        assertEquals(List.of(), problems("    codecs: [opus, g722]\n    comfort-noise: send\n"));
        assertEquals(List.of(), problems("    codecs: [opus]\n    comfort-noise: off\n"));
    }

    @Test
    void aCallOutlivesSilenceForAsLongAsIsWritten() {
        assertEquals(Duration.ofMinutes(1), read("").timeout());
        assertEquals(Duration.ofMinutes(5), read("    media-timeout: 5m\n").timeout());
        assertEquals(Duration.ZERO, read("    media-timeout: 0\n").timeout());
        assertEquals(
                1,
                new ConfigFixture(directory)
                        .problems(trunk("    media-timeout: 1s\n"))
                        .size());
    }

    @Test
    void packetsAreAsLongAsIsWritten() {
        assertEquals(20, read("").ptimeMillis());
        assertEquals(30, read("    ptime: 30\n").ptimeMillis());
        for (String wrong : List.of("0", "15", "70", "20ms")) {
            assertEquals(
                    List.of("copperline.yaml:7: trunks.carrier.ptime: expected 10, 20, 30, 40, 50 or 60, found " + wrong
                            + ". Fix: write for instance ptime: 20."),
                    new ConfigFixture(directory).problems(trunk("    ptime: " + wrong + "\n")));
        }
    }

    @Test
    void musicIsReadOnceAndComparedByItsSound() {
        new ConfigFixture(directory).write("music.wav", music(8_000));
        TrunkMedia first = read("    hold-music: music.wav\n");
        assertEquals("Optional[WavFile[200 ms]]", first.holdMusic().toString());
        assertEquals(first, read("    hold-music: music.wav\n"), "a reload changes nothing");
    }

    @Test
    void saysWhatIsWrongWithTheMusic() {
        new ConfigFixture(directory).write("music.wav", music(11_025));
        assertEquals(
                List.of(
                        "copperline.yaml:7: trunks.carrier.hold-music: expected a WAV file of 16-bit PCM, mono, 8 or 16 kHz, of up"
                                + " to 300 s, found a file that is of 11025 Hz. Fix: convert it: sox music.mp3 -b 16 -c 1 -r 16000"
                                + " music.wav."),
                new ConfigFixture(directory).problems(trunk("    hold-music: music.wav\n")));
        assertEquals(
                List.of("copperline.yaml:7: trunks.carrier.hold-music: expected a readable file, found nowhere.wav."
                        + " Fix: correct the path, or the file's permissions."),
                new ConfigFixture(directory).problems(trunk("    hold-music: nowhere.wav\n")));
    }
}
