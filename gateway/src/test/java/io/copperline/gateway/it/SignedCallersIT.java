package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.copperline.gateway.FreePorts;
import io.copperline.gateway.Gateway;
import io.copperline.sip.TlsSettings;
import io.copperline.webrtc.PeerConnection;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Signed callers (STIR/SHAKEN): OpenSSL signs and verifies, sipp carries it, and the certificates lie on a web server. */
class SignedCallersIT {
    private static final Path DIRECTORY = Stage.emptyDirectory(SignedCallersIT.class);
    private static final String RECORDS = "jdbc:h2:mem:signed-callers;DB_CLOSE_DELAY=-1";
    private static final int LENIENT = FreePorts.one();
    private static final int STRICT = FreePorts.one();
    private static final int SIP = FreePorts.one();
    private static final String CALLER = "14045550100";
    private static final String CALLED = "12025550150";
    private static final int TRIES = 5;
    private static final Pattern FINAL = Pattern.compile("\nSIP/2\\.0 ([4-6]\\d\\d) ");

    private static final Map<String, Integer> FETCHED = new ConcurrentHashMap<>();
    private static SSLSocketFactory usual;
    private static HttpsServer site;
    private static Gateway gateway;
    private static HttpClient http;

    @BeforeAll
    static void start() throws Exception {
        Certificates.in(DIRECTORY)
                .signed("web", "localhost")
                .callSigner("provider", "1234")
                .signed("nobody", "gateway.test");
        Files.createDirectory(DIRECTORY.resolve("others"));
        Certificates.in(DIRECTORY.resolve("others")).callSigner("provider", "1234");
        usual = HttpsURLConnection.getDefaultSSLSocketFactory();
        site = site();
        String rest = """
                trunks:
                  lenient:
                    server: 127.0.0.1:%d
                    options-interval: 0
                    stir-anchors: ca.pem
                    stir-private-addresses: true
                    stir-certificate-url: https://certs.example.com/provider.pem
                    stir-key: provider.key
                    stir-own-numbers: ["+1202555"]
                  strict:
                    server: 127.0.0.1:%d
                    options-interval: 0
                    stir-anchors: ca.pem
                    stir-private-addresses: true
                    stir-failed: reject
                    stir-unsigned: reject
                routes:
                  outbound:
                    - {prefix: "+1", trunks: [lenient]}
                  inbound:
                    - {number: "+12025550150", user: alice}
                """.formatted(LENIENT, STRICT);
        gateway = GatewayHere.start(DIRECTORY, SIP, RECORDS, rest);
        http = HttpClient.newHttpClient();
    }

    /** Each file of the directory is at its name; what is before the name says how it may be kept. This process trusts it. */
    private static HttpsServer site() throws Exception {
        TlsSettings files =
                new TlsSettings(DIRECTORY.resolve("web.pem"), DIRECTORY.resolve("web.key"), Optional.empty());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(files.keyManagers(), trust().getTrustManagers(), null);
        HttpsURLConnection.setDefaultSSLSocketFactory(context.getSocketFactory());
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            FETCHED.merge(path, 1, Integer::sum);
            if (path.startsWith("/fleeting/")) {
                exchange.getResponseHeaders().add("Cache-Control", "no-store");
            }
            Path file = DIRECTORY.resolve(path.replaceFirst("^/fleeting/", "").replaceFirst("^/", ""));
            byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            exchange.sendResponseHeaders(bytes.length > 0 ? 200 : 404, bytes.length > 0 ? bytes.length : -1);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static TrustManagerFactory trust() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(DIRECTORY.resolve("ca.pem"))) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust;
    }

    @AfterAll
    static void stop() {
        http.close();
        gateway.close();
        site.stop(0);
        HttpsURLConnection.setDefaultSSLSocketFactory(usual);
    }

    private static String url(String path) {
        return "https://localhost:" + site.getAddress().getPort() + path;
    }

    private static String signed(String key, String path) throws IOException {
        return signed(key, path, Instant.now());
    }

    private static String signed(String key, String path, Instant at) throws IOException {
        return "Identity: " + SignedPassport.sign(DIRECTORY, key, url(path), CALLER, CALLED, at);
    }

    /** What becomes of one call: the verdict that alice's phone hears, or the status. */
    private static String outcome(int carrier, String identity) throws InterruptedException {
        try (PhoneSocket phone = new PhoneSocket(gateway.httpPort(), Tokens.alice());
                Sipp sipp = Sipp.calls(
                        DIRECTORY, Carrier.at(carrier), SIP, "+" + CALLED, "signs-its-call", "identity", identity)) {
            Await.until(
                    "it is refused, or rings",
                    () -> FINAL.matcher(sipp.messages()).find()
                            || sipp.messages().contains("SIP/2.0 180 "));
            Matcher refused = FINAL.matcher(sipp.messages());
            if (refused.find()) {
                sipp.succeeds();
                return refused.group(1);
            }
            JsonNode incoming = phone.await("incoming");
            phone.decline(incoming);
            sipp.succeeds();
            return incoming.path("verstat").asText();
        }
    }

    /** The same with a new signature each time until somebody could say: a call waits a second for that, and no longer. */
    private static String verdict(int carrier, Signer signer) throws Exception {
        String outcome = outcome(carrier, signer.identity());
        for (int again = 1; again < TRIES && outcome.equals("No-TN-Validation"); again++) {
            outcome = outcome(carrier, signer.identity());
        }
        return outcome;
    }

    private interface Signer {
        String identity() throws Exception;
    }

    @Test
    void theVerdictIsInTheEventTheRecordAndTheMetrics() throws Exception {
        double before = metric("TN-Validation-Passed") + metric("TN-Validation-Failed");
        assertEquals("TN-Validation-Passed-A", verdict(LENIENT, () -> signed("provider", "/provider.pem")));
        assertEquals("TN-Validation-Failed", verdict(LENIENT, () -> signed("others/provider", "/provider.pem")));
        assertEquals("No-TN-Validation", outcome(LENIENT, "X-Nothing: here"));
        Await.until(
                "all are recorded",
                () -> recorded()
                        .containsAll(List.of("TN-Validation-Passed-A", "TN-Validation-Failed", "No-TN-Validation")));
        assertTrue(metric("TN-Validation-Passed") + metric("TN-Validation-Failed") >= before + 2);
    }

    private static List<String> recorded() {
        List<String> verdicts = new ArrayList<>();
        try (Connection database = DriverManager.getConnection(RECORDS);
                Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery("select verstat from call_records")) {
            while (rows.next()) {
                verdicts.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return verdicts;
    }

    private static double metric(String verdict) throws Exception {
        return http.send(request("/metrics").build(), HttpResponse.BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith("copperline_callers_total{verstat=\"" + verdict))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void whoMustBeSignedIsRefusedWithTheStatusOfHisMistake() throws Exception {
        assertEquals("428", outcome(STRICT, "X-Nothing: here"));
        assertEquals(
                "403",
                verdict(
                        STRICT,
                        () -> signed("provider", "/provider.pem", Instant.now().minusSeconds(90))));
        assertEquals("436", verdict(STRICT, () -> signed("provider", "/away.pem")));
        assertEquals("437", verdict(STRICT, () -> signed("others/provider", "/others/provider.pem")));
        assertEquals("437", verdict(STRICT, () -> signed("nobody", "/nobody.pem")), "a certificate for no numbers");
        assertEquals("438", verdict(STRICT, () -> signed("others/provider", "/provider.pem")));
        assertEquals("TN-Validation-Passed-A", verdict(STRICT, () -> signed("provider", "/provider.pem")));
    }

    @Test
    void aCertificateIsKeptForAsLongAsItsServerLetsIt() throws Exception {
        Files.copy(DIRECTORY.resolve("provider.pem"), DIRECTORY.resolve("lasting.pem"));
        assertEquals("TN-Validation-Passed-A", verdict(LENIENT, () -> signed("provider", "/lasting.pem")));
        int fetched = FETCHED.get("/lasting.pem"); // once for each call that could not wait for it
        for (int i = 0; i < 3; i++) {
            assertEquals("TN-Validation-Passed-A", verdict(LENIENT, () -> signed("provider", "/lasting.pem")));
            assertEquals(
                    "TN-Validation-Passed-A", verdict(LENIENT, () -> signed("provider", "/fleeting/provider.pem")));
        }
        assertEquals(fetched, FETCHED.get("/lasting.pem"));
        assertTrue(FETCHED.get("/fleeting/provider.pem") >= 3);
    }

    @Test
    void callsOutAreSignedAsOpensslSignsThem() throws Exception {
        try (Sipp sipp = Sipp.answers(DIRECTORY, LENIENT, "is-overloaded")) {
            assertEquals(201, call("to=%2B14045550100&from=%2B12025550150"));
            sipp.succeeds();
            SignedPassport passport = SignedPassport.of(sipp.messages());
            passport.verify(DIRECTORY, "provider");
            assertEquals(
                    "{\"alg\":\"ES256\",\"ppt\":\"shaken\",\"typ\":\"passport\","
                            + "\"x5u\":\"https://certs.example.com/provider.pem\"}",
                    passport.header());
            String claims = passport.claims();
            assertTrue(
                    claims.matches("\\{\"attest\":\"A\",\"dest\":\\{\"tn\":\\[\"14045550100\"]},\"iat\":\\d+,"
                            + "\"orig\":\\{\"tn\":\"12025550150\"},\"origid\":\"[0-9a-f-]{36}\"}"),
                    claims);
        }
    }

    private static int call(String query) throws Exception {
        try (LibraryPeer peer = new LibraryPeer(InetAddress.getLoopbackAddress())) {
            // As of a peer that sends checks; what becomes of its audio does not matter here.
            String offer = peer.on((PeerConnection ours, long _) -> ours.createOffer())
                    .sdp()
                    .replace("a=ice-lite\r\n", "");
            return http.send(
                            request("/v1/calls?" + query)
                                    .header("Content-Type", "application/sdp")
                                    .POST(HttpRequest.BodyPublishers.ofString(offer))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        }
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.httpPort() + path))
                .header("Authorization", "Bearer " + Tokens.alice());
    }
}
