package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.copperline.gateway.FreePorts;
import io.copperline.gateway.Gateway;
import io.copperline.sip.Diversion;
import io.copperline.sip.OutgoingCall;
import io.copperline.sip.SipEndpoint;
import io.copperline.sip.SipSettings;
import io.copperline.sip.SipTransport;
import io.copperline.sip.TrunkIdentity;
import io.copperline.sip.TrunkSettings;
import io.copperline.webrtc.PeerConnection;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** As whom calls go out and come in, with carriers (sipp) that refuse an INVITE which is not as they insist. */
class IdentityIT {
    private static final Path DIRECTORY = Stage.emptyDirectory(IdentityIT.class);
    private static final String RECORDS = "jdbc:h2:mem:identities;DB_CLOSE_DELAY=-1";
    private static final int CARRIER = FreePorts.one();
    private static final int SIP = FreePorts.one();
    private static final String TOKEN = Tokens.named("J\u00f6rg \"Chef\"");
    private static final String CONNECT = """
            async (token) => {
              const { connect } = await import('/copperline/copperline.js');
              window.phone = await connect({ url: location.origin, token });
              phone.on('incoming', (call) => {
                const { from, name, diversion, headers } = call;
                window.told = [from, name, `${diversion.number} ${diversion.reason}`, JSON.stringify(headers)];
                call.decline();
              });
            }""";

    private static final String PLACE = """
            async ([number, options]) => {
              try {
                const call = await phone.call(number, options);
                return (await call.finished).code;
              } catch (error) {
                return error.code;
              }
            }""";

    private static Gateway gateway;
    private static HttpClient http;
    private static String offer;

    @BeforeAll
    static void start() throws Exception {
        String rest = """
                trunks:
                  account:
                    server: 127.0.0.1:@
                    accounts: [{username: berlin, password: secret, numbers: ["+12025550150"]}]
                    headers-in: [X-Customer]
                  german:
                    server: 127.0.0.1:@
                    number-form: national
                    number-region: DE
                  pbx:
                    server: 127.0.0.1:@
                    username: paris
                    caller-headers: [diversion]
                    uri: tel
                    headers-out: [X-Customer, User-to-User]
                routes:
                  outbound:
                    - {prefix: "+14045550100", trunks: [account]}
                    - {prefix: "+49", trunks: [german]}
                    - {prefix: "+14045550102", trunks: [pbx]}
                  inbound:
                    - {number: "+12025550150", user: alice}
                """.replace("127.0.0.1:@", "127.0.0.1:" + CARRIER + "\n    options-interval: 0");
        gateway = GatewayHere.start(DIRECTORY, SIP, RECORDS, rest);
        http = HttpClient.newHttpClient();
        try (LibraryPeer peer = new LibraryPeer(InetAddress.getLoopbackAddress())) {
            // As of a peer that sends checks; what becomes of its audio does not matter here.
            offer = peer.on((PeerConnection ours, long _) -> ours.createOffer())
                    .sdp()
                    .replace("a=ice-lite\r\n", "");
        }
    }

    @AfterAll
    static void stop() {
        http.close();
        gateway.close();
    }

    private static HttpResponse<String> call(String query) throws Exception {
        return http.send(
                request("/v1/calls?" + query)
                        .header("Content-Type", "application/sdp")
                        .POST(HttpRequest.BodyPublishers.ofString(offer))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.httpPort() + path))
                .header("Authorization", "Bearer " + TOKEN);
    }

    /** A carrier that refuses what it does not like ends with a failure, and so does the test. */
    private static void carrierTakes(String scenario, String query) throws Exception {
        try (Sipp sipp = Sipp.answers(DIRECTORY, CARRIER, scenario)) {
            HttpResponse<String> placed = call(query);
            assertEquals(201, placed.statusCode(), placed.body());
            sipp.succeeds();
        }
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void theAccountIsInFromAndAWithheldCallerForTheCarrierAlone() throws Exception {
        carrierTakes("insists-on-the-account-and-who-calls", "to=%2B14045550100&from=anonymous");
    }

    @Test
    void numbersAreNationalAndTheNameIsUtf8() throws Exception {
        carrierTakes("insists-on-national-numbers", "to=%2B49301234567&from=%2B49301111111");
    }

    @Test
    void theCallerIsInDiversionTheNumbersAreTelUrisAndTheAppsHeadersPass() throws Exception {
        carrierTakes(
                "insists-on-diversion-and-tel",
                "to=%2B14045550102&from=%2B12025550150&header=" + escaped("X-Customer: 42; M\u00fcller") + "&header="
                        + escaped("User-to-User:56a390f3;encoding=hex"));
    }

    @Test
    void aCallThatIsForwardedSaysByWhomAsTheCarrierReadsIt() throws Exception {
        TrunkSettings settings = TrunkSettings.to("carrier", "127.0.0.1", CARRIER, SipTransport.UDP)
                .identity(TrunkIdentity.DEFAULT.with(TrunkIdentity.Diverting.BOTH))
                .build();
        SipSettings sockets = new SipSettings("127.0.0.1", "", 0, 0, 0, Optional.empty(), "Copperline", List.of());
        OutgoingCall forwarded = new OutgoingCall("+14045550103", "+12025550150", Optional.empty())
                .divertedBy(new Diversion("+12025550177", Diversion.Reason.NO_ANSWER, true));
        ScheduledExecutorService owner = Executors.newSingleThreadScheduledExecutor();
        try (Sipp sipp = Sipp.answers(DIRECTORY, CARRIER, "insists-on-the-history");
                SipEndpoint sip = SipEndpoint.start(
                        sockets, List.of(settings), _ -> {}, InstantSource.system(), new SecureRandom())) {
            FarCall call = new FarCall(owner);
            Await.until(
                    "the carrier is there", () -> sip.trunk("carrier").state().servers() == 1);
            call.place(listener -> sip.trunk("carrier").call(forwarded, call.local(), owner, listener));
            call.await("ended REMOTE REJECTED 486");
            sipp.succeeds();
        } finally {
            owner.shutdownNow();
        }
    }

    @Test
    void neitherOthersNamesNorOtherHeadersPass() throws Exception {
        assertRefused("name-not-allowed", "to=%2B14045550100&name=Police");
        assertRefused("header-not-allowed", "to=%2B14045550102&header=" + escaped("X-Other: 1"));
        assertRefused("header-not-allowed", "to=%2B14045550102&header=" + escaped("Via: x"));
        assertRefused("header-not-allowed", "to=%2B14045550102&header=" + escaped("X-Customer: 1\r\nVia: x"));
    }

    private static void assertRefused(String code, String query) throws Exception {
        HttpResponse<String> refused = call(query);
        assertEquals(403, refused.statusCode(), refused.body());
        assertTrue(refused.body().contains(code), refused.body());
    }

    @Test
    void aForwardedCallTellsByWhomWithNameAndHeaders() {
        try (PhoneSocket phone = new PhoneSocket(gateway.httpPort(), TOKEN);
                Sipp sipp = calls("was-forwarded")) {
            JsonNode incoming = phone.await("incoming");
            assertEquals("+14045550100", incoming.get("from").asText());
            assertEquals("+12025550150", incoming.get("to").asText());
            assertEquals("J\u00f6rg \"Chef\"", incoming.get("name").asText());
            assertEquals(
                    "{\"number\":\"+12025550177\",\"reason\":\"no-answer\",\"withheld\":false}",
                    incoming.get("diversion").toString());
            assertEquals("{\"X-Customer\":\"42\"}", incoming.get("headers").toString());
            phone.decline(incoming);
            sipp.succeeds();
        }
    }

    @Test
    void aCallerWhoHidesIsNobodyToTheApp() {
        try (PhoneSocket phone = new PhoneSocket(gateway.httpPort(), TOKEN);
                Sipp sipp = calls("hides-who-calls")) {
            JsonNode incoming = phone.await("incoming");
            assertEquals("", incoming.get("from").asText());
            assertFalse(incoming.has("name"), incoming::toString);
            phone.decline(incoming);
            sipp.succeeds();
        }
    }

    /** The library in a page: what it tells of a call in, and what becomes of names and headers of calls out. */
    @Test
    void theLibraryTellsNamesAndHeadersAndPassesThem() {
        try (Chrome chrome = new Chrome()) {
            Tab tab = chrome.tab(URI.create("http://127.0.0.1:" + gateway.httpPort() + "/"));
            tab.run(CONNECT, TOKEN);
            try (Sipp sipp = calls("was-forwarded")) {
                sipp.succeeds();
            }
            assertEquals(
                    List.of("+14045550100", "J\u00f6rg \"Chef\"", "+12025550177 no-answer", "{\"X-Customer\":\"42\"}"),
                    tab.run("() => window.told"));
            Map<String, String> headers =
                    Map.of("X-Customer", "42; M\u00fcller", "User-to-User", "56a390f3;encoding=hex");
            try (Sipp sipp = Sipp.answers(DIRECTORY, CARRIER, "insists-on-diversion-and-tel")) {
                assertEquals("busy", place(tab, "J\u00f6rg \"Chef\"", headers));
                sipp.succeeds();
            }
            assertEquals("name-not-allowed", place(tab, "Police", headers));
            assertEquals("header-not-allowed", place(tab, "J\u00f6rg \"Chef\"", Map.of("X-Other", "1")));
            assertEquals(List.of(), tab.complaints());
        }
    }

    /** How the page's call has ended, or why there is none. */
    private static Object place(Tab tab, String name, Map<String, String> headers) {
        Map<String, Object> options = Map.of("from", "+12025550150", "name", name, "headers", headers);
        return tab.run(PLACE, List.of("+14045550102", options));
    }

    private static Sipp calls(String scenario) {
        Carrier carrier = Carrier.at(CARRIER);
        return Sipp.calls(DIRECTORY, carrier, SIP, "+12025550150", scenario);
    }
}
