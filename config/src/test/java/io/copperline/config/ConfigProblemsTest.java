package io.copperline.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators read when something is wrong: the exact texts. */
class ConfigProblemsTest {
    @TempDir
    Path directory;

    private ConfigFixture config;

    @BeforeEach
    void setUp() {
        config = new ConfigFixture(directory);
    }

    @Test
    void encryptionIsNotPromisedWhereItsKeysAreSentInClear() {
        assertProblems(
                """
                region: US
                auth: {hs256-secret: "%s"}
                trunks:
                  open: {server: sip.example.com, transport: tcp, srtp: required}
                  opportunistic: {server: sip.example.com, srtp: preferred}
                  beside-us: {server: 127.0.0.1, srtp: required}
                """.formatted(ConfigFixture.SECRET),
                "copperline.yaml:4: trunks.open.srtp: expected transport tls with srtp required, for its keys are in the"
                        + " SIP messages, found transport tcp. Fix: write transport: tls, or srtp: preferred.");
    }

    @Test
    void reportsEverythingAtOnceInTheOrderOfTheFile() {
        assertProblems(
                """
                regoin: US
                http:
                  port: 80a
                  bind: 0.0.0.0
                trunks:
                  carrier:
                    sever: sip.example.com
                routes:
                  outbound:
                    - prefix: 1
                      trunks: [carier]
                """,
                "copperline.yaml: region: expected a region of two capital letters (ISO 3166-1), found nothing."
                        + " Fix: add region: US.",
                "copperline.yaml: auth.hs256-secret: expected auth.hs256-secret or auth.jwks-url, found neither."
                        + " Fix: add hs256-secret: ${env:COPPERLINE_TOKEN_SECRET} below auth:.",
                "copperline.yaml:1: regoin: expected a known key. Fix: did you mean region? Otherwise remove it.",
                "copperline.yaml:3: http.port: expected a port from 1 to 65535 or free for any free one, found 80a."
                        + " Fix: write for instance port: 8080.",
                "copperline.yaml:4: http.bind: expected http.tls or http.trusted-proxies beside an address beyond loopback,"
                        + " found 0.0.0.0. Fix: add http.tls with certificate and key, name the proxy in"
                        + " http.trusted-proxies, or write bind: 127.0.0.1.",
                "copperline.yaml:6: trunks.carrier.server: expected host, host:port or [IPv6]:port, found nothing."
                        + " Fix: add server: sip.example.com.",
                "copperline.yaml:7: trunks.carrier.sever: expected a known key."
                        + " Fix: did you mean server? Otherwise remove it.",
                "copperline.yaml:10: routes.outbound[0].prefix: expected a plus and the first digits of a number, found 1."
                        + " Fix: write \"+1\".",
                "copperline.yaml:11: routes.outbound[0].trunks: expected a trunk from the trunks section, found carier."
                        + " Fix: did you mean carrier? Otherwise add it to the trunks section.");
    }

    @Test
    void accountsAndTheirNumbersAreThereOnce() {
        assertProblems(
                ConfigFixture.good("""
                        trunks:
                          carrier:
                            server: sip.example.com
                            register: maybe
                            accounts:
                              - username: a
                                numbers: ["+12025550150", 12025550151]
                              - username: a
                                numbers: ["+12025550150"]
                              - password: secret
                          other:
                            server: sip.example.com
                            register: gin
                            accounts:
                              - {username: b, register: false}
                        """),
                "copperline.yaml:7: trunks.carrier.register: expected true, false or gin, found maybe."
                        + " Fix: write for instance register: false.",
                "copperline.yaml:10: trunks.carrier.accounts[0].numbers: expected a number in E.164, such as +12025550150,"
                        + " found 12025550151. Fix: write \"+12025550151\".",
                "copperline.yaml:11: trunks.carrier.accounts[1].username: expected each account once, found a again."
                        + " Fix: remove one of the two.",
                "copperline.yaml:12: trunks.carrier.accounts[1].numbers: expected each number in one account,"
                        + " found +12025550150 again. Fix: remove it from one of the two.",
                "copperline.yaml:13: trunks.carrier.accounts[2].username: expected one word, found nothing."
                        + " Fix: add username: second-account.",
                "copperline.yaml:16: trunks.other.register: expected an account that registers, found none."
                        + " Fix: remove register: false from one of accounts:.");
    }

    @Test
    void numbersAndHeadersMakeSense() {
        assertProblems(
                ConfigFixture.good("""
                        trunks:
                          a: {server: 192.0.2.1, uri: tel, plus: false, user-phone: true}
                          b: {server: sip.example.com, headers-in: [Via], headers-out: [X-A, "X B"]}
                        """),
                "copperline.yaml:5: trunks.a.user-phone: expected no user-phone beside uri: tel, found both."
                        + " Fix: remove user-phone: only SIP URIs have it.",
                "copperline.yaml:5: trunks.a.uri: expected a server with a name beside uri: tel, for numbers without their"
                        + " plus, found 192.0.2.1. Fix: write the server's name, or uri: sip.",
                "copperline.yaml:6: trunks.b.headers-in: expected the name of a header that is not one of SIP's own,"
                        + " found Via. Fix: write for instance headers-in: [X-Customer, User-to-User].",
                "copperline.yaml:6: trunks.b.headers-out: expected the name of a header that is not one of SIP's own,"
                        + " found X B. Fix: write for instance headers-out: [X-Customer, User-to-User].");
    }

    @Test
    void saysHowACarrierIsReached() {
        assertProblems(
                ConfigFixture.good("""
                        sip:
                          dns: [dns.example.com]
                        trunks:
                          carrier:
                            server: sip.example.com
                            transport: atuo
                            answer-timeout: 1m
                            failover-codes: [200]
                        """),
                "copperline.yaml:5: sip.dns: expected an IP address, with :port where it is not 53, found dns.example.com."
                        + " Fix: write for instance dns: [192.0.2.53].",
                "copperline.yaml:9: trunks.carrier.transport: expected udp, tcp, tls or auto, found atuo. Fix: write auto.",
                "copperline.yaml:10: trunks.carrier.answer-timeout: expected a time from 1s to 30s, found 1m."
                        + " Fix: write for instance answer-timeout: 2500ms.",
                "copperline.yaml:11: trunks.carrier.failover-codes: expected a whole number from 300 to 699, found 200."
                        + " Fix: write for instance failover-codes: [500, 503].");
    }

    @Test
    void wantsIceServersThatBrowsersTake() {
        String uri = "expected a stun:, turn: or turns: URI (RFC 7064, 7065), found ";
        assertProblems(
                ConfigFixture.good("""
                        ice-servers:
                          - urls: [turn://a.example, "stun:a.example?transport=udp", "turn:2001:db8::1", "https://a.example"]
                            shared-secret: grüße
                          - ttl: 10m
                          - urls: "turn:a.example:99999"
                            username: a
                            shared-secret: b
                          - urls: [turns:a.example]
                          - urls: "stun:b@a.example"
                            credential: c
                        """),
                "copperline.yaml:5: ice-servers[0].urls: " + uri + "turn://a.example."
                        + " Fix: write it without //, for these URIs have no path: turn:a.example.",
                "copperline.yaml:5: ice-servers[0].urls: " + uri + "stun:a.example?transport=udp."
                        + " Fix: write it without ?transport=udp: only TURN URIs have a transport.",
                "copperline.yaml:5: ice-servers[0].urls: " + uri + "turn:2001:db8::1."
                        + " Fix: write the address in brackets: turn:[2001:db8::1].",
                "copperline.yaml:5: ice-servers[0].urls: " + uri + "https://a.example. Fix: write for instance urls:"
                        + " [\"stun:turn.example.com:3478\", \"turn:turn.example.com:3478?transport=udp\"].",
                "copperline.yaml:6: ice-servers[0].shared-secret: expected a secret of printable ASCII characters."
                        + " Fix: write for instance shared-secret: ${env:TURN_SECRET}.",
                "copperline.yaml:7: ice-servers[1].urls: expected at least one URI, found none."
                        + " Fix: add urls: \"turn:turn.example.com:3478\".",
                "copperline.yaml:7: ice-servers[1].ttl: expected shared-secret beside ttl, found none."
                        + " Fix: remove it: an account's password does not end.",
                "copperline.yaml:8: ice-servers[2].urls: " + uri + "turn:a.example:99999. Fix: write for instance urls:"
                        + " [\"stun:turn.example.com:3478\", \"turn:turn.example.com:3478?transport=udp\"].",
                "copperline.yaml:9: ice-servers[2].username: expected one of shared-secret and username with credential,"
                        + " found both. Fix: remove one of the two.",
                "copperline.yaml:11: ice-servers[3].urls: expected one of shared-secret and username with credential"
                        + " beside a TURN server, found neither."
                        + " Fix: add shared-secret: ${env:TURN_SECRET}, the static-auth-secret of coturn.",
                "copperline.yaml:12: ice-servers[4].urls: " + uri + "stun:b@a.example. Fix: write for instance urls:"
                        + " [\"stun:turn.example.com:3478\", \"turn:turn.example.com:3478?transport=udp\"].",
                "copperline.yaml:12: ice-servers[4].username: expected text of printable ASCII characters, found nothing."
                        + " Fix: add username: copperline.");
    }

    @Test
    void wantsMapsListsAndValuesWhereTheyBelong() {
        assertProblems(
                ConfigFixture.good("""
                        http: [1]
                        log: {level: [info]}
                        trunks: [a]
                        routes: {inbound: {number: 1}}
                        media: {advertise: [[10.0.0.1]], bind: {a: b}}
                        """),
                "copperline.yaml:4: http: expected a map of keys, found a list. Fix: indent keys and values below http:.",
                "copperline.yaml:5: log.level: expected error, warn, info or debug, found a list. Fix: write level: info.",
                "copperline.yaml:6: trunks: expected a map of names, found a list."
                        + " Fix: write each name on its own line, its keys indented below.",
                "copperline.yaml:7: routes.inbound: expected a list, found a map. Fix: begin each item with a dash.",
                "copperline.yaml:8: media.bind: expected an IP address, found a map. Fix: write bind: 0.0.0.0.",
                "copperline.yaml:8: media.advertise: expected a list, each an IP address, found a list."
                        + " Fix: write advertise: [203.0.113.10, \"2001:db8::10\"].");
    }

    @Test
    void wantsStunServersToBeOfUse() {
        assertProblems(
                ConfigFixture.good("media: {stun-servers: [\"stun:stun.example.com\"]}\n"),
                "copperline.yaml:4: media.stun-servers: expected ice: full beside STUN servers, found ice: lite."
                        + " Fix: write ice: full, or remove stun-servers and write advertise.");
        assertProblems(
                ConfigFixture.good("media: {ice: full, stun-servers: [\"turn:stun.example.com\"]}\n"),
                "copperline.yaml:4: media.stun-servers: expected a STUN server such as stun:stun.example.com or"
                        + " stun:192.0.2.1:3478, found turn:stun.example.com."
                        + " Fix: write for instance stun-servers: [\"stun:stun.example.com:3478\"].");
    }

    @Test
    void namesKeysThatStandTwice() {
        assertProblems(
                ConfigFixture.good("log:\n  level: info\n  level: warn\n"),
                "copperline.yaml:6: level: expected every key once, found it again (first on line 5)."
                        + " Fix: remove one of the two.");
    }

    @Test
    void namesTimesThatAreNoWholeSeconds() {
        assertProblems(
                ConfigFixture.good("media: {max-lateness: 20}\n"),
                "copperline.yaml:4: media.max-lateness: expected a time from 5ms to 10s, found 20."
                        + " Fix: add a unit: ms, s, m, h or d.");
    }

    @Test
    void checksValuesOfEveryType() {
        assertProblems(
                ConfigFixture.good("""
                        log: {level: inf, redact-numbers: yes}
                        records: {retention: 90}
                        media: {trunk-ports: 20001-20010, max-calls: 0, shards: 0, browser-codecs: [opus, opus]}
                        http: {allowed-origins: ["https://app.example.com/"], trusted-proxies: [10.0.0.0/33], public-url: ftp://x}
                        trunks: {t: {server: "sip:example.com", codecs: [], dtmf: rtp, ring-timeout: 1s, password:}}
                        """),
                "copperline.yaml:4: log.level: expected error, warn, info or debug, found inf. Fix: write info.",
                "copperline.yaml:4: log.redact-numbers: expected true or false, found yes. Fix: write true.",
                "copperline.yaml:5: records.retention: expected a time from 1h to 36500d, found 90."
                        + " Fix: add a unit: ms, s, m, h or d.",
                "copperline.yaml:6: media.shards: expected auto or a whole number from 1 to 256, found 0."
                        + " Fix: write for instance shards: auto.",
                "copperline.yaml:6: media.trunk-ports: expected two ports from 1024 to 65535, such as 20000-29999, found"
                        + " 20001-20010. Fix: begin with an even port: RTP is even, RTCP the next (RFC 3550 section 11).",
                "copperline.yaml:6: media.browser-codecs: expected each codec once, found one of them again."
                        + " Fix: remove the second.",
                "copperline.yaml:6: media.max-calls: expected a whole number from 1 to 100000, found 0."
                        + " Fix: write for instance max-calls: 500.",
                "copperline.yaml:7: http.public-url: expected an http or https URL, found ftp://x."
                        + " Fix: write for instance public-url: https://phone.example.com.",
                "copperline.yaml:7: http.trusted-proxies: expected an IP address, or a network such as 10.0.0.0/8, found"
                        + " 10.0.0.0/33. Fix: write for instance trusted-proxies: [127.0.0.1, 10.0.0.0/8].",
                "copperline.yaml:7: http.allowed-origins: expected an origin such as https://app.example.com, or *, found"
                        + " https://app.example.com/. Fix: write it as browsers do: https://app.example.com.",
                "copperline.yaml:8: trunks.t.server: expected host, host:port or [IPv6]:port, found sip:example.com."
                        + " Fix: write it without sip:.",
                "copperline.yaml:8: trunks.t.password: expected a secret of one line, found nothing."
                        + " Fix: write for instance password: ${env:CARRIER_PASSWORD}.",
                "copperline.yaml:8: trunks.t.codecs: expected at least one codec, found none."
                        + " Fix: write codecs: [pcmu, pcma].",
                "copperline.yaml:8: trunks.t.dtmf: expected auto, rfc4733, info or inband, found rtp."
                        + " Fix: write for instance dtmf: auto.",
                "copperline.yaml:8: trunks.t.ring-timeout: expected a time from 5s to 600s, found 1s."
                        + " Fix: write for instance ring-timeout: 60s.",
                "copperline.yaml:8: trunks.t.password: expected a username beside the password, found none."
                        + " Fix: add username:.");
    }

    @Test
    void checksWhatMustFitTogether() {
        assertProblems(
                """
                region: US
                auth: {hs256-secret: 0123456789abcdef0123456789abcdef, jwks-url: "http://login.example.com/jwks"}
                sip: {tls-port: 5061}
                media: {udp-port: 20000, shards: 2, advertise: [10.0.0.1, 10.0.0.2]}
                trunks: {t: {server: x, register: true}, u: {server: x, from: account}, v: {server: x, from: caller, from-user: y}, "a b": {server: x}}
                routes:
                  inbound:
                    - {number: +12025550150, user: a}
                    - {number: 1 202 555-0150, user: b}
                  outbound:
                    - {prefix: "+1", pattern: x, trunks: [t]}
                    - {trunks: [zzz]}
                    - {prefix: +}
                lab: {enabled: true}
                """,
                "copperline.yaml:2: auth.jwks-url: expected one of hs256-secret and jwks-url, found both."
                        + " Fix: remove one of the two.",
                "copperline.yaml:2: auth.jwks-url: expected https, or http on loopback, found"
                        + " http://login.example.com/jwks. Fix: write the https URL: whoever can change the keys can make"
                        + " tokens.",
                "copperline.yaml:3: sip.tls-port: expected sip.tls beside a TLS port, found none."
                        + " Fix: add tls: with certificate and key below sip:.",
                "copperline.yaml:4: media.advertise: expected at most one IPv4 and one IPv6 address, found 2 addresses."
                        + " Fix: keep the one of each that the others can reach.",
                "copperline.yaml:4: media.trunk-ports: expected ports that browsers do not use (20000-20001), found"
                        + " 20000-29999. Fix: move trunk-ports or udp-port.",
                "copperline.yaml:5: trunks.a b: expected a name of letters, digits, - and _."
                        + " Fix: give it a name such as my-carrier.",
                "copperline.yaml:5: trunks.t.register: expected a username to register with, found none."
                        + " Fix: add username: and password:, or remove register.",
                "copperline.yaml:5: trunks.u.from: expected an account to name in From, found none."
                        + " Fix: add username: or from-user:, or remove from.",
                "copperline.yaml:5: trunks.v.from: expected one user in From, found from: caller beside from-user."
                        + " Fix: remove one of the two.",
                "copperline.yaml:9: routes.inbound[1].number: expected every number once, found it again"
                        + " (first on line 8). Fix: remove one of the two.",
                "copperline.yaml:11: routes.outbound[0].pattern: expected one of prefix and pattern, found both."
                        + " Fix: remove one of the two.",
                "copperline.yaml:12: routes.outbound[1].pattern: expected one of prefix and pattern, found neither."
                        + " Fix: add prefix: \"+\" for every number.",
                "copperline.yaml:12: routes.outbound[1].trunks: expected a trunk from the trunks section, found zzz."
                        + " Fix: use one of t, u, v.",
                "copperline.yaml:13: routes.outbound[2].trunks: expected at least one trunk, found none."
                        + " Fix: add trunks: with a name from the trunks section.",
                "copperline.yaml:14: lab.enabled: expected a trunk named lab on a loopback address, found none."
                        + " Fix: add lab: with server: 127.0.0.1:5070 below trunks:.");
    }

    @Test
    void keepsTheLabOnLoopback() {
        assertProblems(
                """
                region: US
                http: {bind: 0.0.0.0, trusted-proxies: [10.0.0.1]}
                trunks: {lab: {server: 127.0.0.1:5070}}
                lab: {enabled: true}
                """,
                "copperline.yaml:2: http.bind: expected a loopback address while the lab is on: it gives tokens to"
                        + " everybody, found 0.0.0.0. Fix: write bind: 127.0.0.1, or remove lab.enabled.");
    }

    @Test
    void neverShowsSecrets() {
        String yaml = """
                region: US
                auth: {hs256-secret: topsecret}
                records: {url: "jdbc:postgresql://u:topsecret@db/x", password: {a: topsecret}}
                http: {port: "${env:PORT}", tls: {certificate: topsecret.pem}}
                """;
        List<String> problems = config.problems(yaml, Map.of("PORT", "topsecret"));
        assertEquals(
                List.of(
                        "copperline.yaml:2: auth.hs256-secret: expected a secret of at least 32 bytes."
                                + " Fix: make one with: openssl rand -base64 33.",
                        "copperline.yaml:3: records.url: expected a JDBC URL of PostgreSQL or H2, without credentials."
                                + " Fix: take them out of the URL, and write records.username and records.password.",
                        "copperline.yaml:3: records.password: expected a secret of one line, found a map."
                                + " Fix: write password: ${file:database-password}.",
                        "copperline.yaml:4: http.port: expected a port from 1 to 65535 or free for any free one, found"
                                + " ${env:PORT}. Fix: write for instance port: 8080.",
                        "copperline.yaml:4: http.tls.key: expected a path, found nothing. Fix: add key: tls/privkey.pem.",
                        "copperline.yaml:4: http.tls.certificate: expected a readable file, found topsecret.pem."
                                + " Fix: correct the path, or the file's permissions."),
                problems);
    }

    @Test
    void explainsFilesThatAreNotYaml() throws IOException {
        assertProblems(
                "region: US\n\thttp: 1\n",
                "copperline.yaml:2: expected YAML, found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)."
                        + " Fix: indent with spaces, and quote texts with special characters.");
        assertProblems(
                "just text",
                "copperline.yaml:1: expected keys and values. Fix: begin with a line of the form key: value.");
        assertProblems(
                "a: &x 1\nb: *x\n",
                "copperline.yaml:2: expected no aliases. Fix: write the value out where it is needed.");
        assertProblems(
                "a: &x [*x]\n", "copperline.yaml:1: expected no aliases. Fix: write the value out where it is needed.");
        assertProblems("a: !url x\n", "copperline.yaml:1: expected no tags. Fix: write the value without !url.");
        assertProblems(
                "a: !!java.net.URL [x]\n",
                "copperline.yaml:1: expected YAML, found Global tag is not allowed: tag:yaml.org,2002:java.net.URL."
                        + " Fix: indent with spaces, and quote texts with special characters.");
        assertProblems(
                "a: \u0001\n",
                "copperline.yaml: expected YAML in UTF-8 without control characters. Fix: save the file as plain text.");
        Path absent = directory.resolve("absent.yaml");
        ConfigProblems problems = assertThrows(ConfigProblems.class, () -> ConfigReader.read(absent, Map.of()));
        assertEquals(
                absent + ": expected a readable file. Fix: check the path and its permissions.", problems.getMessage());
        Path latin = Files.write(directory.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});
        assertFalse(assertThrows(ConfigProblems.class, () -> ConfigReader.read(latin, Map.of()))
                .problems()
                .isEmpty());
    }

    private void assertProblems(String yaml, String... expected) {
        assertEquals(String.join("\n", expected), String.join("\n", config.problems(yaml)));
    }
}
