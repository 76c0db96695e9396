package io.copperline.gateway.it;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.sip.OutgoingCall;
import io.copperline.sip.Reaching;
import io.copperline.sip.SipEndpoint;
import io.copperline.sip.SipSettings;
import io.copperline.sip.SipStartException;
import io.copperline.sip.SipTransport;
import io.copperline.sip.TlsSettings;
import io.copperline.sip.Trunk;
import io.copperline.sip.TrunkSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A carrier {@code carrier.test} at the end of a {@link LongCable}, of which a real name server tells; servers are what a test starts. */
final class FarCarrier implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    static final Duration LONGEST = Duration.ofSeconds(30);
    static final int DELAY_MILLIS = 80;

    private final Kept kept = new Kept();
    private Path directory;
    private Namespace network;
    private ScheduledExecutorService owner;
    private Dnsmasq dns;

    @Override
    public void beforeAll(ExtensionContext context) {
        network = Namespace.farAway();
        directory = Stage.emptyDirectory(context.getRequiredTestClass());
        Certificates.in(directory).signed("carrier", "carrier.test").signed("own", "gateway.test");
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        owner = Executors.newSingleThreadScheduledExecutor();
        kept.keep(owner::shutdownNow);
        network.cable().heal();
        network.cable().stretch(DELAY_MILLIS, 0);
        dns = new Dnsmasq(network, directory);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        kept.afterEach(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (network != null) {
            network.close();
        }
    }

    Namespace network() {
        return network;
    }

    LongCable cable() {
        return network.cable();
    }

    /** Its records; it starts with the trunk. */
    Dnsmasq dns() {
        return dns;
    }

    /** Where this class may leave files; {@code carrier.pem} is the carrier's certificate. */
    Path directory() {
        return directory;
    }

    /** Closed after the test. */
    <T extends AutoCloseable> T keep(T part) {
        return kept.keep(part);
    }

    SippServer udp(int port, String scenario) {
        return udp(network.there(), port, scenario);
    }

    SippServer udp(String address, int port, String scenario) {
        return kept.keep(SippServer.udp(network, address, directory, port, scenario));
    }

    SippServer tcp(int port, String scenario) {
        return kept.keep(SippServer.tcp(network, network.there(), directory, port, scenario));
    }

    /**
     * A trunk to it, once its servers are looked up.
     *
     * @param anyTransport whether NAPTR chooses
     */
    Trunk trunk(SipTransport transport, boolean anyTransport, String bind, int servers) throws SipStartException {
        kept.keep(dns.start());
        Reaching plain = Reaching.PLAIN;
        TrunkSettings settings = TrunkSettings.to("carrier", "carrier.test", 0, transport)
                .codecs(AudioCodec.PCMU)
                .reaching(new Reaching(anyTransport, plain.answerTimeout(), plain.failoverCodes(), Optional.empty()))
                .build();
        TlsSettings tls = new TlsSettings(
                directory.resolve("own.pem"), directory.resolve("own.key"), Optional.of(directory.resolve("ca.pem")));
        SipSettings sockets = new SipSettings(
                bind,
                "",
                0,
                SipSettings.ANY_FREE_PORT,
                SipSettings.ANY_FREE_PORT,
                Optional.of(tls),
                "Copperline test",
                List.of(dns.address()));
        SipEndpoint sip = kept.keep(
                SipEndpoint.start(sockets, List.of(settings), _ -> {}, InstantSource.system(), new Random(3)));
        Trunk trunk = sip.trunk("carrier");
        var _ = owner.scheduleAtFixedRate(trunk::onTime, 1, 1, TimeUnit.SECONDS);
        Await.until("the servers are looked up", LONGEST, () -> trunk.state().servers() == servers);
        return trunk;
    }

    FarCall call(Trunk trunk, String number) {
        FarCall call = new FarCall(owner);
        kept.keep(call::close);
        OutgoingCall wanted = new OutgoingCall(number, "+12025550150", Optional.empty());
        call.place(listener -> trunk.call(wanted, call.local(), owner, listener));
        return call;
    }

    /** Calls, is answered, hangs up. */
    void talk(Trunk trunk, String number) {
        FarCall call = call(trunk, number);
        call.await("answered", LONGEST);
        call.hangUp();
        call.await("ended LOCAL HANGUP", LONGEST);
    }
}
