package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.copperline.codecs.Secret;
import io.copperline.config.CarrierHabits;
import io.copperline.config.ConfigProblems;
import io.copperline.config.ConfigReader;
import io.copperline.config.CopperlineSettings;
import io.copperline.config.HabitsReader;
import io.copperline.gateway.carrier.PemIdentity;
import io.copperline.gateway.carrier.ScriptedCarrier;
import io.copperline.gateway.carrier.Violation;
import io.copperline.gateway.doctor.Finding;
import io.copperline.gateway.doctor.TestCall;
import io.copperline.gateway.doctor.TrunkDoctor;
import io.copperline.sip.SipTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each profile against a scripted carrier that insists on what the profile is for. The trunk doctor calls, in this process. */
class ProfilesIT {
    private static final String PASSWORD = "correct horse";
    private static final String ACCOUNT = "1234567t0";
    /** A call takes the doctor about 15 s, nearly all of it waiting. */
    private static final int AT_ONCE = 6;

    /** What an operator writes beside the profile, where it is more than the account. */
    private static final Map<String, String> OWN_KEYS = Map.of("teams", "advertise: sbc.example.com", "bandwidth", "");

    @TempDir
    static Path directory;

    /** What a trunk test found, and what the carrier had against it. */
    private record Outcome(List<Finding> findings, List<Violation> violations) {
        String steps() {
            return findings.stream()
                    .map(finding -> finding.step() + " " + finding.outcome().spelled())
                    .collect(Collectors.joining(", "));
        }
    }

    @BeforeAll
    static void makeCertificate() throws IOException, InterruptedException {
        Process openssl = new ProcessBuilder(
                        "openssl req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -days 2 -subj /CN=carrier -addext subjectAltName=IP:127.0.0.1,DNS:sbc.example.com -keyout key.pem -out certificate.pem"
                                .split(" "))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertEquals(0, openssl.waitFor());
    }

    /** What a trunk gets where one key of its profile is another one: the habit that it violates, and the status. */
    private static final List<Case> OTHERWISE = """
            asterisk | from: caller | from | 403
            asterisk | caller-headers: remote-party-id | headers | 403
            asterisk | codecs: pcmu | codecs | 488
            bandwidth | plus: false | called | 404
            bandwidth | caller-headers: remote-party-id | headers | 403
            bandwidth | codecs: pcma | codecs | 488
            bandwidth | dtmf: inband | telephone-event | 488
            didww | plus: true | called | 404
            didww | from: account | from | 403
            freeswitch | caller-headers: p-asserted-identity | headers | 403
            freeswitch | session-expires: 0 | headers | 403
            plivo | prack: supported | barred | 403
            plivo | prack: required | extensions | 420
            plivo | dtmf: info | telephone-event | 488
            plivo | from: account | from | 403
            plivo | register: true | registration | 405
            sipgate | plus: true | headers | 403
            sipgate | from: caller | from | 403
            sipgate | caller-headers: p-asserted-identity | headers | 403
            sipgate | register: false | registration | 403
            sipgate | srtp: required | media | 488
            teams | plus: false | called | 404
            teams | srtp: off | media | 488
            telnyx | register: false | registration | 403
            telnyx | from: account | from | 403
            telnyx | caller-headers: remote-party-id | headers | 403
            twilio | plus: false | called | 400
            twilio | from: account | from | 403
            twilio | srtp: off | media | 488
            twilio | srtp: preferred | media | 488
            twilio | register: true | registration | 405
            voipms | plus: true | called | 404
            voipms | from: caller | from | 403
            voipms | caller-headers: p-asserted-identity | headers | 403
            voipms | register: false | registration | 403
            vonage | plus: true | called | 404
            vonage | from: account | from | 403
            """.lines().map(Case::of).toList();

    private record Case(String name, String otherwise, String habit, int status) {
        static Case of(String line) {
            String[] parts = line.split(" \\| ");
            return new Case(parts[0], parts[1], parts[2], Integer.parseInt(parts[3]));
        }
    }

    @Test
    void everyProfileCallsItsCarrier() throws InterruptedException, ExecutionException {
        List<String> wrong = AtOnce.each(AT_ONCE, HabitsReader.shipped(), name -> {
            Outcome outcome = examine(name, "profile: " + name, ownKeys(name));
            boolean good = outcome.steps().endsWith("call pass, audio-in pass, audio-out pass, dtmf pass")
                    && outcome.violations().isEmpty();
            return good ? "" : name + ": " + outcome;
        });
        assertEquals(List.of(), wrong);
    }

    @Test
    void withoutItsProfileTheTrunkIsRefused() throws InterruptedException, ExecutionException {
        List<String> wrong = AtOnce.each(AT_ONCE, HabitsReader.shipped(), name -> {
            String reached =
                    "transport: " + HabitsReader.shipped(name).transport().wireName();
            Outcome outcome = examine(name, reached, ownKeys(name));
            boolean refused =
                    !outcome.violations().isEmpty() && !outcome.steps().contains("call pass");
            return refused ? "" : name + ": " + outcome;
        });
        assertEquals(List.of(), wrong);
    }

    @Test
    void eachHabitMatters() throws InterruptedException, ExecutionException {
        List<String> wrong = AtOnce.each(AT_ONCE, OTHERWISE, one -> {
            Outcome outcome = examine(one.name(), "profile: " + one.name(), ownKeys(one.name()), one.otherwise());
            boolean told = outcome.violations().stream()
                    .anyMatch(found -> found.habit().equals(one.habit()) && found.status() == one.status());
            return told && !outcome.steps().contains("call pass") ? "" : one + ": " + outcome;
        });
        assertEquals(List.of(), wrong);
    }

    @Test
    void teamsWantsANameInContact() throws Exception {
        Outcome outcome = examine("teams", "profile: teams");
        assertEquals(
                List.of("OPTIONS", "INVITE"),
                outcome.violations().stream()
                        .filter(found -> found.habit().equals("contact"))
                        .map(Violation::method)
                        .toList());
    }

    @Test
    void aWrongPasswordIsNotTaken() throws Exception {
        Outcome outcome = examine("vonage", "profile: vonage", "username: " + ACCOUNT + "\npassword: wrong");
        assertEquals("challenge", outcome.violations().getFirst().habit(), outcome::steps);
    }

    private static String ownKeys(String name) {
        return OWN_KEYS.getOrDefault(name, "username: " + ACCOUNT + "\npassword: " + PASSWORD);
    }

    /** A test call of a trunk with these keys to a carrier with those habits. */
    private static Outcome examine(String name, String... keys)
            throws IOException, GeneralSecurityException, ConfigProblems {
        CarrierHabits habits = HabitsReader.shipped(name);
        Optional<SSLContext> tls = habits.transport() == SipTransport.TLS
                ? Optional.of(PemIdentity.read(directory.resolve("certificate.pem"), directory.resolve("key.pem")))
                : Optional.empty();
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        List<Finding> findings = new ArrayList<>();
        try (ScriptedCarrier carrier = ScriptedCarrier.start(
                habits, anywhere, tls, ACCOUNT, new Secret(PASSWORD), new SecureRandom(), System::nanoTime, _ -> {})) {
            String server = "server: 127.0.0.1:" + carrier.port();
            CopperlineSettings settings = settings(Stream.concat(Stream.of(server), Stream.of(keys)));
            TestCall call = TestCall.of(settings, "+12025550110", Optional.of("+12025550150"), Optional.empty());
            new TrunkDoctor(
                            settings.sip(),
                            settings.trunks().getFirst(),
                            Optional.of(call),
                            InstantSource.system(),
                            System::nanoTime,
                            new SecureRandom(),
                            findings::add)
                    .examine();
            return new Outcome(findings, carrier.violations());
        }
    }

    private static CopperlineSettings settings(Stream<String> keys) throws IOException, ConfigProblems {
        Path file = Files.createTempFile(directory, "copperline", ".yaml");
        String trunk = keys.filter(text -> !text.isEmpty()).collect(Collectors.joining("\n"));
        Files.writeString(file, """
                region: US
                auth:
                  hs256-secret: 0123456789abcdef0123456789abcdef
                media:
                  bind: 127.0.0.1
                sip:
                  bind: 127.0.0.1
                  tls-port: 5061
                  tls: {certificate: certificate.pem, key: key.pem, trust: certificate.pem}
                trunks:
                  carrier:
                """ + trunk.indent(4));
        return ConfigReader.read(file, Map.of());
    }
}
