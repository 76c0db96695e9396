package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
    @TempDir
    Path folder;

    private final Events out = new Events();
    private final Events in = new Events();

    private TlsSettings certificate(String name, String keyAlgorithm, String names, Optional<Path> trust)
            throws IOException, InterruptedException, GeneralSecurityException {
        return PemFiles.make(folder, name, keyAlgorithm, names, trust);
    }

    private static TrunkSettings trunk(String name, int port, String host) {
        return Sample.trunk(name, port, SipTransport.TLS)
                .but()
                .host(host)
                .allowedSources("127.0.0.1")
                .build();
    }

    private static SipSettings settings(TlsSettings tls) {
        return Sample.settings(0, SipSettings.ANY_FREE_PORT, Optional.of(tls));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void callsOverTls(String keyAlgorithm) throws Exception {
        TlsSettings tls =
                certificate("both-" + keyAlgorithm, keyAlgorithm, "dns:localhost,ip:127.0.0.1", Optional.empty());
        try (Party carrier = new Party(settings(tls), trunk("gateway", 5061, "127.0.0.1"));
                Party gateway = new Party(settings(tls), trunk("carrier", carrier.endpoint.tlsPort(), "localhost"))) {
            SipLeg leg = gateway.call("carrier", Sample.call("100"), Sample.audio(30000), out);
            SipLeg far = carrier.take(carrier.nextCall(), in, 40000);
            carrier.owner.execute(far::answer);
            out.await("answered");
            in.await("answered");
            carrier.owner.execute(() -> far.hangUp(16));
            out.await("ended REMOTE HANGUP");
            in.await("ended LOCAL");
            assertTrue(leg.sipCallId().length() > 10);
        }
    }

    @Test
    void doesNotTalkToAPeerOfAnotherName() throws Exception {
        TlsSettings wrong = certificate("wrong", "EC", "dns:elsewhere.example", Optional.empty());
        try (Party carrier = new Party(settings(wrong), trunk("gateway", 5061, "127.0.0.1"));
                Party gateway = new Party(settings(wrong), trunk("carrier", carrier.endpoint.tlsPort(), "localhost"))) {
            gateway.call("carrier", Sample.call("100"), Sample.audio(30000), out);
            out.await("ended STACK UNREACHABLE");
            assertTrue(carrier.incoming.isEmpty());
        }
    }

    @Test
    void doesNotTalkToAPeerThatNobodyVouchesFor() throws Exception {
        TlsSettings ours = certificate("ours", "EC", "dns:localhost", Optional.empty());
        TlsSettings theirs = certificate("theirs", "EC", "dns:localhost,ip:127.0.0.1", Optional.empty());
        try (Party carrier = new Party(settings(theirs), trunk("gateway", 5061, "127.0.0.1"));
                Party gateway = new Party(settings(ours), trunk("carrier", carrier.endpoint.tlsPort(), "localhost"))) {
            gateway.call("carrier", Sample.call("100"), Sample.audio(30000), out);
            out.await("ended STACK UNREACHABLE");
        }
    }

    @Test
    void saysWhatIsWrongWithTheFiles() throws Exception {
        TlsSettings good = certificate("good", "EC", "dns:localhost", Optional.empty());
        Path junk = Files.writeString(folder.resolve("junk.pem"), "junk");
        assertTrue(refusal(new TlsSettings(folder.resolve("none.crt"), good.key(), Optional.empty()))
                .contains("none.crt"));
        assertTrue(refusal(new TlsSettings(good.certificate(), junk, Optional.empty()))
                .contains("openssl pkcs8"));
        assertTrue(refusal(new TlsSettings(junk, good.key(), Optional.empty())).contains("junk.pem"));
    }

    private static String refusal(TlsSettings tls) {
        return assertThrows(SipStartException.class, () -> new Party(settings(tls)))
                .getMessage();
    }
}
