package io.copperline.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.sdp.SrtpPolicy;
import io.copperline.sip.CallerHeader;
import io.copperline.sip.SipTransport;
import io.copperline.sip.TrunkIdentity;
import io.copperline.sip.TrunkSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProfilesTest {
    @TempDir
    Path directory;

    private ConfigFixture config;

    @BeforeEach
    void setUp() {
        config = new ConfigFixture(directory);
        config.write("fullchain.pem", "x");
        config.write("privkey.pem", "x");
    }

    private TrunkSettings trunk(String keys) {
        return config.read(text(keys)).trunks().getFirst();
    }

    private static String text(String keys) {
        return ConfigFixture.good("sip:\n  tls-port: 5061\n  tls: {certificate: fullchain.pem, key: privkey.pem}\n"
                + "trunks:\n  carrier:\n" + keys.indent(4));
    }

    static List<String> names() {
        return Profiles.NAMES;
    }

    /** Whatever a carrier wants beside it: server and account. */
    @ParameterizedTest
    @MethodSource("names")
    void everyProfileMakesATrunkThatCanWork(String name) {
        TrunkSettings trunk = trunk("profile: " + name + "\nserver: sip.example.com\nusername: me\npassword: secret");
        assertEquals("sip.example.com", trunk.host(), "what the trunk says itself wins");
        assertFalse(trunk.codecs().isEmpty());
    }

    @Test
    void everyFileHasAName() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/io/copperline/config/profiles"))) {
            assertEquals(
                    Profiles.NAMES,
                    files.map(file -> file.getFileName().toString().replace(".yaml", ""))
                            .sorted()
                            .toList());
        }
    }

    @Test
    void everyProfileIsDocumented() throws IOException {
        String page = Files.readString(Path.of("../docs/profiles.md"));
        Profiles.NAMES.forEach(name -> assertTrue(page.contains("| `" + name + "` |"), name));
    }

    @Test
    void aProfileIsAFewSettingsOverTheDefaults() {
        TrunkSettings trunk = trunk("profile: sipgate\nusername: 1234567t0\npassword: secret");
        assertEquals("sipconnect.sipgate.de", trunk.host());
        assertTrue(trunk.register());
        assertFalse(trunk.identity().plus());
        assertEquals(
                List.of(CallerHeader.P_PREFERRED_IDENTITY), trunk.identity().callerHeaders());
    }

    @Test
    void teamsIsToldOfNumbersAndOfForwardersInItsOwnWay() {
        TrunkSettings trunk = trunk("profile: teams\nadvertise: sbc.example.com");
        assertTrue(trunk.identity().userPhone());
        assertEquals(TrunkIdentity.Diverting.HISTORY_INFO, trunk.identity().diverting());
    }

    @Test
    void callersOfVoipMsStandBesideItsAccount() {
        TrunkSettings trunk = trunk("profile: voipms\nserver: newyork1.voip.ms\nusername: 100000\npassword: secret");
        assertEquals(TrunkIdentity.From.ACCOUNT, trunk.identity().from());
        assertEquals(List.of(CallerHeader.REMOTE_PARTY_ID), trunk.identity().callerHeaders());
    }

    @Test
    void theTrunksOwnKeysWin() {
        TrunkSettings trunk =
                trunk("profile: twilio\nserver: mine.pstn.twilio.com\ncodecs: [g722]\nallowed-sources: [192.0.2.1]");
        assertEquals(SipTransport.TLS, trunk.transport());
        assertEquals(SrtpPolicy.REQUIRED, trunk.srtp());
        assertEquals(List.of(AudioCodec.G722), trunk.codecs());
        assertEquals(List.of("192.0.2.1"), trunk.allowedSources());
    }

    @Test
    void problemsStandWhereTheProfileIsNamed() {
        assertEquals(
                List.of("copperline.yaml:10: trunks.carrier.register: expected a username to register with, found none."
                        + " Fix: add username: and password:, or remove register."),
                config.problems(text("server: sip.example.com\nprofile: telnyx")));
    }

    @Test
    void unknownNamesAreRefused() {
        List<String> problems = config.problems(text("profile: twillio\nserver: sip.example.com"));
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.getFirst().endsWith("found twillio. Fix: write twilio."), problems::toString);
        assertEquals(
                2,
                config.problems(text("profile: ${env:CARRIER}\nserver: sip.example.com"))
                        .size());
    }
}
