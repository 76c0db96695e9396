package io.copperline.gateway.lab;

import io.copperline.sip.SipEndpoint;
import io.copperline.sip.SipSettings;
import io.copperline.sip.SipStartException;
import io.copperline.sip.TrunkSettings;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The built-in carrier. Its numbers are in docs/lab.md. Safe from any thread. */
public final class LabCarrier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LabCarrier.class);
    private static final String TRUNK = "gateway";
    private static final int PORT_ATTEMPTS = 16;
    /** As long as a proxy waits at least (RFC 3261 section 16.6, timer C); whoever calls gives up sooner. */
    private static final Duration RING = Duration.ofMinutes(3);

    private final LabParts parts;
    private final Switchboard switchboard;
    private final SipEndpoint sip;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LabCarrier(LabParts parts, Switchboard switchboard, SipEndpoint sip) {
        this.parts = parts;
        this.switchboard = switchboard;
        this.sip = sip;
    }

    /**
     * Opens the carrier's SIP ports and takes calls.
     *
     * @param nowNanos the monotonic clock
     * @param random where tags, SSRCs and the like come from: one that nobody guesses, and safe from any thread
     * @throws SipStartException with the address, port and fix
     */
    public static LabCarrier start(
            LabCarrierSettings settings, InstantSource clock, LongSupplier nowNanos, RandomGenerator random)
            throws SipStartException {
        return start(settings, LabTimings.USUAL, clock, nowNanos, random);
    }

    static LabCarrier start(
            LabCarrierSettings settings,
            LabTimings timings,
            InstantSource clock,
            LongSupplier nowNanos,
            RandomGenerator random)
            throws SipStartException {
        LabDrops drops = new LabDrops();
        Speech speech = Speech.load();
        RtpPorts ports = new RtpPorts(settings, drops);
        LabLoop loop = LabLoop.start(nowNanos);
        try {
            LabParts parts = new LabParts(loop, ports, speech, timings, drops, clock, random);
            Switchboard switchboard = new Switchboard(parts, settings.maxCalls());
            SipEndpoint sip = endpoint(settings, switchboard, clock, random);
            sip.trunk(TRUNK).onTime(); // looks the gateway's name up, where it is a name
            switchboard.open(sip.trunk(TRUNK));
            LOG.info("The lab carrier takes calls at {} port {}", settings.sip().getHostString(), sip.udpPort());
            return new LabCarrier(parts, switchboard, sip);
        } catch (SipStartException | RuntimeException e) {
            loop.close();
            throw e;
        }
    }

    /** Where SIP is heard, over UDP and TCP alike. */
    public int sipPort() {
        return sip.udpPort();
    }

    /** Calls in progress, and those that 0106 has promised to make. A call between two web users is one. */
    public int calls() {
        return switchboard.calls();
    }

    /** RTP and RTCP sockets that are open. */
    public int sockets() {
        return parts.ports().sockets();
    }

    /** How many packets went nowhere, for each reason. */
    public Map<LabDrop, Long> drops() {
        return parts.drops().counts();
    }

    /** Ends every call and frees all sockets and threads. Takes about a second, at most six. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        switchboard.close();
        sip.close();
        parts.loop().close();
    }

    private static SipEndpoint endpoint(
            LabCarrierSettings settings, Switchboard switchboard, InstantSource clock, RandomGenerator random)
            throws SipStartException {
        int wanted = settings.sip().getPort();
        for (int attempt = 1; ; attempt++) {
            int port = wanted == 0 ? freePort(settings.sip().getAddress()) : wanted;
            try {
                return SipEndpoint.start(sip(settings, port), List.of(trunk(settings)), switchboard, clock, random);
            } catch (SipStartException e) {
                // A port that is free for UDP may be taken for TCP.
                if (wanted != 0 || attempt == PORT_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static int freePort(InetAddress address) throws SipStartException {
        try (DatagramSocket socket = new DatagramSocket(0, address)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new SipStartException("The lab has no free port on " + address.getHostAddress(), e);
        }
    }

    private static SipSettings sip(LabCarrierSettings settings, int port) {
        String address = settings.sip().getAddress().getHostAddress();
        return new SipSettings(address, "", port, port, 0, Optional.empty(), "Copperline lab", List.of());
    }

    private static TrunkSettings trunk(LabCarrierSettings settings) {
        return TrunkSettings.to(TRUNK, settings.gatewayHost(), settings.gatewayPort(), settings.gatewayTransport())
                .allowedSources("127.0.0.0/8", "::1")
                .ringTimeout(RING)
                .build();
    }
}
