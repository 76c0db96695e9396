package io.copperline.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.Secret;
import io.copperline.codecs.audio.AudioCodec;
import io.copperline.config.MediaSettings.PortRange;
import io.copperline.sip.CallerHeader;
import io.copperline.sip.DtmfMode;
import io.copperline.sip.Reaching;
import io.copperline.sip.SipTransport;
import io.copperline.sip.TrunkIdentity;
import io.copperline.sip.TrunkSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
    @TempDir
    Path directory;

    private ConfigFixture config;

    @BeforeEach
    void setUp() {
        config = new ConfigFixture(directory);
    }

    @Test
    void readsTheLabAsItIsShipped() throws ConfigProblems {
        CopperlineSettings lab = ConfigReader.read(Path.of("../gateway/src/main/dist/etc/lab.yaml"), Map.of());
        assertTrue(lab.lab().enabled());
        assertEquals("127.0.0.1", lab.http().bind());
        assertEquals(5060, lab.sip().udpPort());
        assertEquals("lab", lab.trunks().getFirst().name());
        assertEquals(5070, lab.trunks().getFirst().effectivePort());
        assertEquals(Optional.of("+1"), lab.routes().outbound().getFirst().prefix());
        assertEquals(
                List.of(TrunkChoice.of("lab")),
                lab.routes().outbound().getFirst().trunks());
        assertEquals(
                List.of(
                        new RouteSettings.Inbound("+12025550150", "alice", 18),
                        new RouteSettings.Inbound("+12025550151", "bob", 20)),
                lab.routes().inbound());
        assertTrue(lab.auth().hs256Secret().isEmpty());
    }

    @Test
    void readsTheFileThatTheDocumentationBeginsWith() throws IOException {
        String page = Files.readString(Path.of("../docs/configuration.md"));
        int start = page.indexOf("```yaml") + "```yaml".length();
        config.write("carrier-password", "secret");
        CopperlineSettings settings = config.read(
                page.substring(start, page.indexOf("```", start)),
                Map.of("COPPERLINE_TOKEN_SECRET", ConfigFixture.SECRET));
        assertEquals("carrier", settings.trunks().getFirst().name());
    }

    @Test
    void readsIceServers() {
        CopperlineSettings settings = config.read(ConfigFixture.good("""
                        ice-servers:
                          - urls: stun:stun.example.com
                          - urls: ["turn:203.0.113.5:3478?transport=udp", "turns:[2001:db8::5]:443?transport=tcp"]
                            shared-secret: ${env:TURN_SECRET}
                            ttl: 10m
                          - urls: [turn:turn.example.com]
                            username: all
                            credential: p"w
                        """), Map.of("TURN_SECRET", "north"));
        assertEquals(
                List.of(
                        new IceServerSettings(List.of("stun:stun.example.com"), Optional.empty()),
                        new IceServerSettings(
                                List.of("turn:203.0.113.5:3478?transport=udp", "turns:[2001:db8::5]:443?transport=tcp"),
                                Optional.of(new IceServerSettings.SharedSecret(
                                        new Secret("north"), Duration.ofMinutes(10)))),
                        new IceServerSettings(
                                List.of("turn:turn.example.com"),
                                Optional.of(new IceServerSettings.Account("all", new Secret("p\"w"))))),
                settings.iceServers());
        assertFalse(settings.toString().contains("north"));
    }

    @Test
    void fillsInDefaults() {
        CopperlineSettings settings = config.read(ConfigFixture.good(""));
        assertEquals(8080, settings.http().port());
        assertEquals(InetAddress.ofLiteral("0.0.0.0"), settings.media().bind());
        assertEquals(10_000, settings.media().udpPort());
        assertEquals(
                Runtime.getRuntime().availableProcessors(), settings.media().shards());
        assertEquals(new PortRange(20_000, 29_999), settings.media().trunkPorts());
        assertEquals(Path.of("data/dtls.pem"), settings.media().certificateFile());
        assertEquals(
                List.of(AudioCodec.OPUS, AudioCodec.PCMU, AudioCodec.PCMA),
                settings.media().browserCodecs());
        assertEquals(0, settings.sip().tlsPort());
        assertEquals("", settings.sip().advertisedAddress());
        assertEquals(Duration.ofDays(90), settings.records().retention());
        assertEquals(new LogSettings(LogSettings.Level.INFO, true), settings.log());
        assertFalse(settings.lab().enabled());
    }

    @Test
    void readsHowACarrierIsReached() {
        CopperlineSettings settings = config.read(ConfigFixture.good("""
                sip:
                  dns: [192.0.2.53, "192.0.2.54:5353", "2001:db8::53", "[2001:db8::54]:5353"]
                trunks:
                  carrier:
                    server: sip.example.com
                    transport: auto
                    answer-timeout: 2s
                    failover-codes: [500, 503]
                    outbound-proxy: proxy.example.com:5080
                  plain:
                    server: sip.example.com
                """));
        assertEquals(
                List.of(
                        new InetSocketAddress("192.0.2.53", 53),
                        new InetSocketAddress("192.0.2.54", 5353),
                        new InetSocketAddress("2001:db8::53", 53),
                        new InetSocketAddress("2001:db8::54", 5353)),
                settings.sip().dns());
        TrunkSettings carrier = settings.trunks().getFirst();
        assertEquals(SipTransport.UDP, carrier.transport());
        InetSocketAddress proxy = InetSocketAddress.createUnresolved("proxy.example.com", 5080);
        assertEquals(
                new Reaching(true, Duration.ofSeconds(2), Set.of(500, 503), Optional.of(proxy)), carrier.reaching());
        assertEquals(Reaching.PLAIN, settings.trunks().get(1).reaching());
    }

    @Test
    void readsAWorkingTrunkOfSixLines() {
        String trunk = """
                trunks:
                  carrier:
                    server: sip.example.com
                    username: me
                    password: ${env:CARRIER_PASSWORD}
                    register: true
                """;
        CopperlineSettings settings = config.read(ConfigFixture.good(trunk), Map.of("CARRIER_PASSWORD", "p$w0rd"));
        TrunkSettings carrier = settings.trunks().getFirst();
        assertEquals("sip.example.com", carrier.host());
        assertEquals(5060, carrier.effectivePort());
        assertEquals("p$w0rd", carrier.password().orElseThrow().reveal());
        assertTrue(carrier.register());
        assertEquals(Duration.ofHours(1), carrier.registerExpiry());
        assertEquals(DtmfMode.AUTO, carrier.dtmf());
        assertEquals(List.of(AudioCodec.PCMU, AudioCodec.PCMA), carrier.codecs());
        assertEquals(6, trunk.lines().count());
    }

    @Test
    void keepsNumbersAsTheyAreWritten() {
        String routes = """
                routes:
                  outbound:
                    - {prefix: +010, trunks: a}
                  inbound:
                    - {number: 010, user: 0x1F}
                    - {number: 1_000, user: yes}
                    - {number: 1.10, user: 1:30}
                trunks: {a: {server: 10.0.0.1, username: 007}}
                """.replace("1_000", "1000");
        CopperlineSettings settings = config.read(ConfigFixture.good(routes));
        assertEquals(
                Optional.of("+010"), settings.routes().outbound().getFirst().prefix());
        assertEquals(
                List.of("010 0x1F", "1000 yes", "1.10 1:30"),
                settings.routes().inbound().stream()
                        .map(rule -> ((CalledNumbers.One) rule.called().getFirst()).number() + " "
                                + ((Treatment.Ring) rule.treatment())
                                        .plan()
                                        .users()
                                        .getFirst())
                        .toList());
        assertEquals(Optional.of("007"), settings.trunks().getFirst().username());
    }

    @Test
    void readsServersInEveryForm() {
        assertEquals("[2001:db8::1]:5080 -> 2001:db8::1 5080", server("\"[2001:db8::1]:5080\""));
        assertEquals("2001:db8::1 -> 2001:db8::1 0", server("2001:db8::1"));
        assertEquals("sip.example.com:5061 -> sip.example.com 5061", server("sip.example.com:5061"));
        assertEquals("10.0.0.1 -> 10.0.0.1 0", server("10.0.0.1"));
    }

    @Test
    void readsAsWhomCallsGoOut() {
        TrunkSettings trunk = config.read(ConfigFixture.good("trunks: {a: {server: x, from: caller, plus: false,"
                        + " caller-headers: [p-asserted-identity, remote-party-id], tech-prefix: 0099}}"))
                .trunks()
                .getFirst();
        assertEquals(
                new TrunkIdentity(
                        TrunkIdentity.From.CALLER,
                        Optional.empty(),
                        List.of(CallerHeader.P_ASSERTED_IDENTITY, CallerHeader.REMOTE_PARTY_ID),
                        false,
                        "0099",
                        false),
                trunk.identity());
    }

    private String server(String written) {
        TrunkSettings trunk = config.read(ConfigFixture.good("trunks: {a: {server: " + written + "}}"))
                .trunks()
                .getFirst();
        return written.replace("\"", "") + " -> " + trunk.host() + " " + trunk.port();
    }

    @Test
    void readsTlsWithItsFiles() {
        config.write("tls/cert.pem", "x");
        config.write("tls/key.pem", "x");
        CopperlineSettings settings = config.read(ConfigFixture.good("""
                http:
                  bind: 0.0.0.0
                  tls: {certificate: tls/cert.pem, key: tls/key.pem}
                sip:
                  tls-port: free
                  tls: {certificate: tls/cert.pem, key: tls/key.pem, client-certificates: true}
                trunks: {a: {server: sip.example.com, transport: tls}}
                """));
        assertEquals(
                directory.resolve("tls/key.pem"),
                settings.http().tls().orElseThrow().key());
        assertEquals(-1, settings.sip().tlsPort());
        assertTrue(settings.sip().tls().orElseThrow().mutual());
        assertEquals(SipTransport.TLS, settings.trunks().getFirst().transport());
        assertEquals(5061, settings.trunks().getFirst().effectivePort());
    }

    @Test
    void takesASectionWhoseKeysAreAllCommentedOut() {
        assertEquals(
                8080,
                config.read(ConfigFixture.good("http:\n#  port: 1\ntrunks:\n"))
                        .http()
                        .port());
    }
}
