package io.copperline.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.copperline.sip.StirSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrunkStirKeysTest {
    @TempDir
    private Path directory;

    private ConfigFixture config;

    @BeforeEach
    void start() {
        config = new ConfigFixture(directory);
    }

    private StirSettings read(String keys) {
        return config.read(ConfigFixture.good("trunks: {a: {server: x" + keys + "}}"))
                .trunks()
                .getFirst()
                .stir();
    }

    private List<String> problems(String keys) {
        return config.problems(ConfigFixture.good("trunks: {a: {server: x, " + keys + "}}")).stream()
                .map(text -> text.replaceFirst(".*trunks\\.a\\.", ""))
                .toList();
    }

    @Test
    void signsAndChecksNothingUnlessAsked() {
        assertEquals(StirSettings.NONE, read(""));
    }

    @Test
    void readsHowCallsAreSignedAndChecked() {
        Path key = config.write("k.pem", "k");
        Path anchors = config.write("a.pem", "a");
        StirSettings stir = read(", stir-certificate-url: https://x.example.com/c.pem, stir-key: k.pem,"
                + " stir-own-numbers: [+1202], stir-anchors: a.pem, stir-failed: reject");
        assertEquals(
                new StirSettings.Signing(URI.create("https://x.example.com/c.pem"), key, List.of("+1202")),
                stir.signing().orElseThrow());
        assertEquals(
                new StirSettings.Checking(anchors, true, false, false),
                stir.checking().orElseThrow());
    }

    @Test
    void saysWhatMakesNoSense() {
        config.write("k.pem", "k");
        assertEquals(
                List.of("stir-certificate-url: expected stir-key beside it, found none."
                        + " Fix: add stir-key: with the certificate's key."),
                problems("stir-certificate-url: https://x.example.com/c.pem"));
        assertEquals(
                List.of(
                        "stir-key: expected stir-certificate-url beside it, found none. Fix: add stir-certificate-url:."),
                problems("stir-key: k.pem"));
        assertEquals(
                List.of("stir-unsigned: expected stir-anchors beside it, found none."
                        + " Fix: add stir-anchors:, or remove stir-unsigned."),
                problems("stir-unsigned: reject"));
        assertEquals(
                List.of("stir-certificate-url: expected an https:// address, found http://x/."
                        + " Fix: write for instance stir-certificate-url: https://certs.example.com/shaken.pem."),
                problems("stir-certificate-url: http://x/, stir-key: k.pem"));
    }
}
