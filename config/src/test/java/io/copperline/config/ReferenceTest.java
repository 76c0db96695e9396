package io.copperline.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.config.Section.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keeps the reference file true. {@code -Dcopperline.rewrite=true} writes it anew from the tables. */
class ReferenceTest {
    private static final Path FILE = Path.of("../gateway/src/main/dist/etc/copperline.reference.yaml");
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "COPPERLINE_TOKEN_SECRET", ConfigFixture.SECRET,
            "COPPERLINE_WEBHOOK_SECRET", ConfigFixture.SECRET,
            "CARRIER_PASSWORD", "secret",
            "TURN_SECRET", "secret",
            "TURN_PASSWORD", "secret");

    /** Another way to say which numbers: the one that is shown first is used. */
    private static final String INBOUND_PREFIX = "#  prefix: \"+4930\"";

    @TempDir
    Path directory;

    private ConfigFixture config;

    @BeforeEach
    void setUp() {
        config = new ConfigFixture(directory);
        for (String file : List.of(
                "tls/fullchain.pem",
                "tls/privkey.pem",
                "tls/carriers.pem",
                "stir/key.pem",
                "stir/authorities.pem",
                "database-password",
                "opus")) {
            config.write(file, "x");
        }
        config.write("music.wav", TrunkMediaKeysTest.music(8_000));
    }

    @Test
    void saysWhatTheReaderDoes() throws IOException {
        String text = ReferenceText.of(RootSection.TABLE);
        if (Boolean.getBoolean("copperline.rewrite")) {
            Files.writeString(FILE, text);
        }
        assertEquals(text, Files.readString(FILE), "write it anew: mvn -pl config -am test -Dcopperline.rewrite=true");
    }

    @Test
    void readsWhenEveryKeyIsUsed() throws IOException {
        List<String> others = List.of(
                "pattern",
                "refuse",
                "replace",
                "with",
                "shared-secret",
                "ttl",
                "tls-certificate",
                "tls-key",
                "tls-ca",
                "tls-alpn",
                "location");
        CopperlineSettings secret =
                config.read(uncommented(key -> !key.equals("jwks-url") && !others.contains(key)), ENVIRONMENT);
        assertTrue(secret.auth().hs256Secret().isPresent());
        CopperlineSettings url =
                config.read(uncommented(key -> !key.equals("hs256-secret") && !others.contains(key)), ENVIRONMENT);
        assertEquals("my-account", url.trunks().getFirst().username().orElseThrow());
        Treatment treatment = url.routes().inbound().getFirst().treatment();
        assertEquals(List.of("alice"), ((Treatment.Ring) treatment).plan().users());
    }

    @Test
    void namesTheDefaultsThatTheReaderHas() throws IOException {
        List<String> open = open(RootSection.TABLE);
        List<String> needed = List.of(
                "region", "hs256-secret", "urls", "shared-secret", "server", "prefix", "number", "user", "trunks");
        CopperlineSettings written = config.read(
                uncommented(key -> !open.contains(key) || needed.contains(key))
                        .replaceAll("(?m)^ +(tls|address):\n", ""),
                ENVIRONMENT);
        CopperlineSettings left = config.read(
                "region: US\nauth: {hs256-secret: \"${env:COPPERLINE_TOKEN_SECRET}\"}\ntrunks: {carrier: {server: sip.example.com}}\n",
                ENVIRONMENT);
        assertEquals(left.http(), written.http());
        assertEquals(left.media(), written.media());
        assertEquals(left.sip(), written.sip());
        assertEquals(left.trunks(), written.trunks());
        assertEquals(left.records(), written.records());
        assertEquals(left.log(), written.log());
        assertEquals(left.lab(), written.lab());
        assertEquals(left.dataDirectory(), written.dataDirectory());
    }

    @Test
    void explainsEveryKey() {
        assertFalse(open(RootSection.TABLE).isEmpty());
        check(RootSection.TABLE);
    }

    private static void check(Section section) {
        for (Entry entry : section.entries()) {
            assertTrue(entry.doc().endsWith("."), entry.name());
            if (entry instanceof Section child) {
                check(child);
            }
        }
    }

    /** The reference with the keys that are kept uncommented. */
    private String uncommented(Predicate<String> kept) throws IOException {
        return Files.readString(FILE)
                .lines()
                .filter(line -> line.matches(" *#[a-z -].*") && !line.matches(" *# [^ ].*"))
                .filter(line -> !INBOUND_PREFIX.equals(line.strip()))
                .filter(line -> kept.test(line.replaceFirst("^[ #-]*", "").replaceFirst(":.*$", "")))
                .map(line -> line.replaceFirst("#", ""))
                .map(line -> line.contains("opus-library") ? "  opus-library: " + directory.resolve("opus") : line)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** The names of keys without a default. */
    private static List<String> open(Section section) {
        List<String> names = new ArrayList<>();
        for (Entry entry : section.entries()) {
            switch (entry) {
                case Key<?> key when key.fallback().isEmpty() -> names.add(key.name());
                case Key<?> key -> {}
                case Section child -> names.addAll(open(child));
            }
        }
        assertTrue(section.shape() != Shape.LISTED || !names.isEmpty());
        return names;
    }
}
