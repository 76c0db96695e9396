package io.copperline.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterpolationTest {
    @TempDir
    Path directory;

    private ConfigFixture config;

    @BeforeEach
    void setUp() {
        config = new ConfigFixture(directory);
    }

    @Test
    void takesSecretsFromTheEnvironmentAndFromFiles() {
        config.write("secrets/token", "  " + ConfigFixture.SECRET + "\n");
        CopperlineSettings settings =
                config.read("""
                region: ${env:REGION}
                auth: {hs256-secret: "${file:secrets/token}", issuer: "https://${env:HOST}/${env:REALM}"}
                """, Map.of("REGION", "DE", "HOST", "login.example.com", "REALM", "phones"));
        assertEquals("DE", settings.region());
        assertEquals(
                ConfigFixture.SECRET,
                settings.auth().hs256Secret().orElseThrow().reveal());
        assertEquals(
                "https://login.example.com/phones", settings.auth().issuer().orElseThrow());
    }

    @Test
    void takesValuesLiterallyWhateverTheyHold() {
        String nasty = "a$${b}${env:HOME}${file:/etc/passwd}${sys:user.home}}$";
        CopperlineSettings settings = config.read(
                "region: US\nauth: {hs256-secret: \"${env:SECRET}\"}\n",
                Map.of("SECRET", nasty, "HOME", "/home/somebody"));
        assertEquals(nasty, settings.auth().hs256Secret().orElseThrow().reveal());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${script:javascript:1+1}",
                "${dns:address|localhost}",
                "${url:UTF-8:http://127.0.0.1:1/}",
                "${sys:user.home}",
                "${const:java.lang.Integer.MAX_VALUE}",
                "${base64Decoder:YQ==}",
                "${localhost:name}",
                "${java:version}",
                "${properties:x::y}",
                "${xml:x:y}",
                "${resourceBundle:x:y}",
                "${urlEncoder:x}",
                "${date:yyyy}",
                "${region}",
                "${env:REGION:-DE}",
                "${file:UTF-8:-x}",
                "${env:${env:NAME}}",
                "$${env:REGION}x${",
                "${",
                "${}"
            })
    void replacesNothingElse(String text) {
        List<String> problems = config.problems(
                ConfigFixture.good("").replace("auth:", "auth:\n  issuer: '" + text + "'"), Map.of("REGION", "x"));
        assertEquals(
                List.of("copperline.yaml:3: auth.issuer: expected only ${env:NAME} and ${file:PATH} to be replaced."
                        + " Fix: use one of the two; to have a value with ${ in it, keep it in an environment variable or"
                        + " file."),
                problems);
    }

    @Test
    void namesWhatIsMissing() {
        config.write("big", "x".repeat(70_000));
        List<String> problems = config.problems(ConfigFixture.good("""
                        trunks:
                          a: {server: "${env:NOPE}"}
                          b: {server: "${file:nope}"}
                          c: {server: "${file:big}"}
                          d: {server: "${file:.}"}
                        """));
        assertEquals(4, problems.size());
        assertEquals(
                "copperline.yaml:5: trunks.a.server: expected the environment variable NOPE to be set."
                        + " Fix: set it where Copperline is started.",
                problems.getFirst());
        assertTrue(
                problems.get(1)
                        .startsWith(
                                "copperline.yaml:6: trunks.b.server: expected a readable text file at nope, of at most"
                                        + " 64 KiB. Fix: make the file, or correct the path; relative paths begin at "),
                problems.get(1));
    }

    @Test
    void refusesEmptyValues() {
        assertEquals(
                List.of("copperline.yaml:4: http.bind: expected an IP address of this machine, or localhost, found"
                        + " ${env:EMPTY}. Fix: write for instance bind: 127.0.0.1."),
                config.problems(ConfigFixture.good("http: {bind: \"${env:EMPTY}\"}"), Map.of("EMPTY", "")));
    }
}
