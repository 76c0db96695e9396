package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.copperline.codecs.Secret;
import io.copperline.config.CarrierHabits;
import io.copperline.config.CarrierHabits.Registration;
import io.copperline.config.ConfigReader;
import io.copperline.config.HabitsReader;
import io.copperline.gateway.FreePorts;
import io.copperline.gateway.Gateway;
import io.copperline.gateway.carrier.CallOrder;
import io.copperline.gateway.carrier.CallOutcome;
import io.copperline.gateway.carrier.Expectation;
import io.copperline.gateway.carrier.PemIdentity;
import io.copperline.gateway.carrier.ScriptedCarrier;
import io.copperline.sip.SipTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each profile is called by its scripted carrier, at one gateway, which knows the carriers by their addresses. The web app is a peer of
 * the library that sends back what it hears.
 */
class CarrierCallsIT {
    private static final Path DIRECTORY = Stage.emptyDirectory(CarrierCallsIT.class);
    private static final int SIP = FreePorts.one();
    private static final int SIP_TLS = FreePorts.one();
    private static final int FIRST_MEDIA = FreePorts.block(80);
    private static final int FIRST_HOST = 21;
    private static final int MOST_CARRIERS = 20;
    private static final String ACCOUNT = "1234567t0";
    private static final String CALLER = "+14045550100";
    private static final String FORWARDER = "+12025550177";
    private static final int AT_ONCE = 4;
    private static final Map<String, ScriptedCarrier> CARRIERS = new LinkedHashMap<>();
    private static final StringBuilder TRUNKS = new StringBuilder();
    private static final StringBuilder ROUTES = new StringBuilder();
    private static Optional<SSLContext> tls;
    private static Gateway gateway;

    /** Trunks whose profile has one key changed, by their names. */
    private static final Map<String, String> OTHERWISE = Map.of(
            "twilio-plain", "srtp: off",
            "teams-plain", "srtp: off",
            "asterisk-g711", "codecs: [pcmu, pcma]",
            "freeswitch-g711", "codecs: [pcmu, pcma]",
            "plivo-reliable", "prack: required");

    @BeforeAll
    static void start() throws Exception {
        // The gateway, too, opens connections: to each carrier, at the address that its trunk names.
        String names = IntStream.range(FIRST_HOST, FIRST_HOST + MOST_CARRIERS)
                .mapToObj(last -> ",IP:127.0.0." + last)
                .collect(Collectors.joining("", "subjectAltName=DNS:sbc.example.com", ""));
        Process openssl = new ProcessBuilder(
                        ("openssl req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -days 2 -subj /CN=carrier"
                                        + " -keyout key.pem -out certificate.pem -addext " + names)
                                .split(" "))
                .directory(DIRECTORY.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertEquals(0, openssl.waitFor());
        tls = Optional.of(PemIdentity.read(DIRECTORY.resolve("certificate.pem"), DIRECTORY.resolve("key.pem")));
        for (String name : HabitsReader.shipped()) {
            begin(name, name, "");
        }
        for (Map.Entry<String, String> one : OTHERWISE.entrySet()) {
            begin(one.getKey(), one.getKey().split("-")[0], one.getValue());
        }
        gateway = Gateway.start(ConfigReader.read(
                Files.writeString(DIRECTORY.resolve("copperline.yaml"), """
                        region: US
                        data-directory: %s
                        http: {bind: 127.0.0.1, port: free}
                        auth: {hs256-secret: %s}
                        media: {bind: 127.0.0.1, advertise: 127.0.0.1, ice: full, udp-port: %d, shards: 1, trunk-ports: %d-%d, max-lateness: 10s}
                        sip:
                          bind: 127.0.0.1
                          udp-port: %d
                          tls-port: %d
                          tls: {certificate: certificate.pem, key: key.pem, trust: certificate.pem}
                        trunks:
                        %s
                        routes:
                          inbound:
                        %s""".formatted(
                                DIRECTORY.resolve("data"),
                                GatewayProcess.SECRET,
                                FIRST_MEDIA,
                                FIRST_MEDIA + 2,
                                FIRST_MEDIA + 79,
                                SIP,
                                SIP_TLS,
                                TRUNKS,
                                ROUTES)),
                Map.of()));
    }

    /** A carrier at an address of its own, its trunk, and the user who has its number. */
    private static void begin(String name, String profile, String otherwise) throws Exception {
        CarrierHabits habits = HabitsReader.shipped(profile);
        String host = "127.0.0." + (FIRST_HOST + CARRIERS.size());
        ScriptedCarrier carrier = ScriptedCarrier.start(
                habits,
                new InetSocketAddress(InetAddress.ofLiteral(host), 0),
                habits.transport() == SipTransport.TLS ? tls : Optional.empty(),
                ACCOUNT,
                new Secret("correct horse"),
                new SecureRandom(),
                System::nanoTime,
                _ -> {});
        CARRIERS.put(name, carrier);
        ROUTES.append("    - {number: \"%s\", user: %s}\n".formatted(number(name), name));
        String own = profile.equals("teams") ? "advertise: sbc.example.com" : account(profile);
        TRUNKS.append("  " + name + ":\n")
                .append(("profile: " + profile + "\nserver: " + host + ":" + carrier.port() + "\noptions-interval: 0\n"
                                + own + "\n" + otherwise)
                        .indent(4));
    }

    private static String account(String profile) {
        return profile.equals("bandwidth") ? "" : "username: " + ACCOUNT + "\npassword: correct horse";
    }

    private static String number(String name) {
        return "+120255501" + (10 + List.copyOf(CARRIERS.keySet()).indexOf(name));
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
        }
        CARRIERS.values().forEach(ScriptedCarrier::close);
    }

    private static CompletableFuture<CallOutcome> call(String name, String profile) {
        CarrierHabits habits = HabitsReader.shipped(profile);
        int port = habits.transport() == SipTransport.TLS ? SIP_TLS : SIP;
        CallOrder order = new CallOrder(number(name), CALLER, false, "", Optional.of(FORWARDER), "5", 0, 30_000);
        CompletableFuture<CallOutcome> outcome = new CompletableFuture<>();
        CARRIERS.get(name)
                .call(
                        order,
                        habits.registration() == Registration.REQUIRED
                                ? Optional.empty()
                                : Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
                        outcome::complete);
        return outcome;
    }

    @Test
    void everyProfileIsCalledByItsCarrier() throws Exception {
        assertEquals(List.of(), AtOnce.each(AT_ONCE, HabitsReader.shipped(), name -> {
            List<String> wrong = called(name);
            return wrong.isEmpty() ? "" : name + ": " + wrong;
        }));
    }

    /** What is wrong with a call that the profile's carrier makes. */
    private static List<String> called(String name) throws Exception {
        List<String> wrong = new ArrayList<>();
        try (PhoneSocket phone = new PhoneSocket(gateway.httpPort(), Tokens.of(name))) {
            CompletableFuture<CallOutcome> call = call(name, name);
            JsonNode incoming = phone.await("incoming");
            String who =
                    incoming.get("from").asText() + " to " + incoming.get("to").asText() + " by "
                            + incoming.path("diversion").path("number").asText();
            if (!who.equals(CALLER + " to " + number(name) + " by " + FORWARDER)) {
                wrong.add(who);
            }
            phone.answer(incoming);
            String digit = phone.awaitEvent("dtmf").get("digit").asText();
            if (!digit.equals("5")) {
                wrong.add("digit " + digit);
            }
            Await.until("three seconds of sound have come", () -> phone.heardPackets() > 150);
            phone.hangUp();
            CallOutcome outcome = call.get(60, TimeUnit.SECONDS);
            wrong.addAll(new Expectation(200, true, Optional.empty(), true).missing(outcome));
            if (outcome.heard().toneMillis() < Expectation.LEAST_SOUND_MILLIS) {
                wrong.add("the tone does not come back: " + outcome);
            }
        }
        CARRIERS.get(name).violations().forEach(violation -> wrong.add(violation.toString()));
        return wrong;
    }

    @ParameterizedTest
    @CsvSource({
        "twilio-plain, 488",
        "teams-plain, 488",
        "asterisk-g711, 488",
        "freeswitch-g711, 488",
        "plivo-reliable, 421"
    })
    void withoutAKeyOfItsProfileItsCarrierIsRefused(String name, int status) throws Exception {
        assertEquals(
                status, call(name, name.split("-")[0]).get(60, TimeUnit.SECONDS).status());
    }
}
