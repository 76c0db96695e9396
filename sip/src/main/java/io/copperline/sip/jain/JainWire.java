package io.copperline.sip.jain;

import gov.nist.javax.sip.message.SIPRequest;
import io.copperline.sip.Drops;
import io.copperline.sip.SipSettings;
import io.copperline.sip.SipStartException;
import io.copperline.sip.SipTransport;
import io.copperline.sip.TlsSettings;
import io.copperline.sip.TrunkFailure;
import io.copperline.sip.wire.ClientExchange;
import io.copperline.sip.wire.NextHop;
import io.copperline.sip.wire.PingListener;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.ResponseListener;
import io.copperline.sip.wire.SipWire;
import io.copperline.sip.wire.Source;
import io.copperline.sip.wire.WireListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TooManyListenersException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManager;
import javax.sip.PeerUnavailableException;
import javax.sip.SipProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** JAIN-SIP as a {@link SipWire}: one stack with its sockets, threads and timers. */
public final class JainWire implements SipWire {
    private static final Logger LOG = LoggerFactory.getLogger(JainWire.class);
    private static final Duration FLUSH = Duration.ofMillis(500);
    /** In that time the stack has cleared a connection away that has ended. */
    private static final long CLEARED_AWAY_MILLIS = 100;

    private static final PingListener NOBODY = new PingListener() {
        @Override
        public void onPong(Optional<InetSocketAddress> mapped) {}

        @Override
        public void onNothingSent() {}
    };

    private final StackThreads threads;
    private final Outbox outbox = new Outbox();
    private final AtomicReference<WireListener> listener = new AtomicReference<>();
    private final Drops drops;
    private final SipSockets sockets;
    private final GuardedStack stack;
    private final SipProvider provider;
    private final Map<SipTransport, Integer> ports;

    private final Optional<TlsIdentity> tls;
    private final Opening opening;
    private final InstantSource clock;

    private JainWire(Opening opening, Optional<TlsIdentity> tls, Drops drops, InstantSource clock)
            throws SipStartException {
        this.opening = opening;
        this.clock = clock;
        this.drops = drops;
        this.tls = tls;
        threads = new StackThreads(drops);
        SourceRates rates = new SourceRates(opening.messagesPerSecond());
        DatagramGate gate = new DatagramGate(this::knows, rates, drops, clock);
        Admission.Terms terms = new Admission.Terms(this::knows, rates, drops, clock);
        sockets = new SipSockets(opening, tls, terms, gate, this::connectionEnded);
        stack = threads.start(() -> stack(sockets, drops));
        try {
            ListeningPorts listening = new ListeningPorts(stack, opening);
            provider = threads.start(() -> listening.open());
            ports = listening.ports();
            if (opening.ports().containsKey(SipTransport.UDP)) {
                threads.awaitReader();
            }
        } catch (SipStartException | RuntimeException e) {
            stop();
            throw e;
        }
    }

    /**
     * Opens the ports. Nothing is heard, and nobody may connect, before {@link #listen}.
     *
     * @param shared whether others will be opened beside it, at narrower addresses
     */
    public static JainWire open(SipSettings settings, boolean shared, Drops drops, InstantSource clock)
            throws SipStartException {
        if (settings.tlsPort() != 0 && settings.tls().isEmpty()) {
            throw new SipStartException(
                    "SIP over TLS needs a certificate and a key. Give them, or turn TLS off.", null);
        }
        return new JainWire(Opening.of(settings, shared), identity(settings.tls()), drops, clock);
    }

    /**
     * Opens another one at the same ports: at an address of its own, or as somebody else over TLS.
     *
     * @param bind the local address
     * @param transports what it sends by, of those that this one has
     * @param deaf over which of them this one hears for it
     */
    public JainWire beside(
            String bind, Set<SipTransport> transports, Set<SipTransport> deaf, Optional<TlsSettings> identity)
            throws SipStartException {
        Map<SipTransport, Integer> own = new EnumMap<>(ports);
        own.keySet().retainAll(transports);
        return new JainWire(
                new Opening(bind, own, deaf, /* shared= */ true, opening.messagesPerSecond()),
                identity(identity),
                drops,
                clock);
    }

    private static Optional<TlsIdentity> identity(Optional<TlsSettings> settings) throws SipStartException {
        return settings.isPresent() ? Optional.of(TlsIdentity.load(settings.get())) : Optional.empty();
    }

    /** Reads the certificates and keys again where they have changed. Blocks. */
    public void refreshCertificates() {
        tls.ifPresent(TlsIdentity::refresh);
    }

    /**
     * Whether these files can be used.
     *
     * @throws SipStartException with the file and the fix
     */
    public static void check(TlsSettings settings) throws SipStartException {
        TlsContext.load(settings);
    }

    /** @throws SipStartException where the certificate or the key cannot be used */
    public static KeyManager[] keyManagers(TlsSettings settings) throws SipStartException {
        return TlsContext.keyManagers(settings);
    }

    /** Why there is no connection. */
    public static TrunkFailure noConnection(IOException why, Instant since) {
        Unsent unsent = Unsent.of(why);
        return new TrunkFailure(0, unsent.what(), TrunkFailure.fix(unsent.failure()), since);
    }

    private static GuardedStack stack(SipSockets sockets, Drops drops) throws SipStartException {
        try {
            return new GuardedStack(StackProperties.create(), sockets, GuardedParser.factory(drops));
        } catch (PeerUnavailableException e) {
            throw new SipStartException("The SIP stack would not start: " + e.getMessage(), e);
        }
    }

    /** From now on this listener hears what comes in. Once. */
    public void listen(WireListener who) {
        listener.set(who);
        try {
            provider.addSipListener(new Ear(provider, outbox, stack.timer(), who, drops));
        } catch (TooManyListenersException e) {
            throw new IllegalStateException("somebody listens already", e);
        }
    }

    /** Transactions of calls that wait for an answer, ours or the peer's. */
    public int openTransactions() {
        return stack.openTransactions();
    }

    /** Those that are over, and are kept for what comes again: up to 32 s. */
    public int endedTransactions() {
        return stack.endedTransactions();
    }

    private boolean knows(Source source) {
        WireListener who = listener.get();
        return who != null && who.knows(source);
    }

    /** Nobody hears of it while the stack clears it away, by its address: a new one to the same place would be closed with it. */
    private void connectionEnded(InetSocketAddress peer, SipTransport transport) {
        List<JainExchange> lost = sockets.connections().lost(peer, transport);
        stack.timer().after(CLEARED_AWAY_MILLIS, () -> {
            lost.forEach(JainExchange::repeat);
            WireListener who = listener.get();
            if (who != null) {
                who.onConnectionEnded(peer, transport);
            }
        });
    }

    @Override
    public int port(SipTransport transport) {
        return ports.getOrDefault(transport, 0);
    }

    @Override
    public ClientExchange request(Request request, NextHop hop, ResponseListener outcome) {
        JainExchange exchange =
                new JainExchange(provider, outbox.lane(request.callId()), hop, sockets.connections(), outcome);
        exchange.send(request);
        return exchange;
    }

    @Override
    public void ack(Request ack, NextHop hop) {
        outbox.lane(ack.callId()).execute(() -> {
            try {
                SIPRequest message = Translation.toJain(ack);
                Branches.ofAck(message);
                Hops.mark(message, JainExchange.resolve(hop));
                new Sending(hop.certificateName()).run(() -> provider.sendRequest(message));
            } catch (Exception e) {
                LOG.debug("ACK could not be sent", e);
            }
        });
    }

    @Override
    public void emptyLine(NextHop hop, PingListener outcome) {
        ping(hop, outcome, peer -> {
            if (hop.transport() == SipTransport.UDP) {
                sockets.datagrams().orElseThrow(JainWire::noSocket).emptyLine(peer);
            } else {
                sockets.connections()
                        .to(peer, hop.transport())
                        .orElseThrow(JainWire::noSocket)
                        .ping(outcome);
            }
        });
    }

    @Override
    public void binding(NextHop hop, String transaction, PingListener outcome) {
        ping(
                hop,
                outcome,
                peer -> sockets.datagrams().orElseThrow(JainWire::noSocket).binding(peer, transaction, outcome));
    }

    /** How a ping is sent. */
    private interface Ping {
        void to(InetSocketAddress peer) throws IOException;
    }

    private void ping(NextHop hop, PingListener outcome, Ping ping) {
        outbox.lane(hop.host()).execute(() -> {
            try {
                ping.to(new InetSocketAddress(InetAddress.getByName(hop.host()), hop.port()));
            } catch (IOException e) {
                LOG.debug("No ping could be sent: {}", e.getMessage());
                outcome.onNothingSent();
            }
        });
    }

    private static IOException noSocket() {
        return new IOException("no connection");
    }

    @Override
    public void drop(NextHop hop) {
        ping(hop, NOBODY, peer -> {
            Optional<Outgoing> connection = sockets.connections().to(peer, hop.transport());
            if (connection.isPresent()) {
                connection.get().drop();
            }
        });
    }

    @Override
    public void doubt(NextHop hop, Duration unanswered) {
        ping(hop, NOBODY, peer -> {
            Optional<Outgoing> connection = sockets.connections().to(peer, hop.transport());
            if (connection.filter(one -> one.silentFor(unanswered)).isPresent()) {
                LOG.info("Nothing comes over the {} connection to {}; it is closed", hop.transport(), peer);
                sockets.connections().giveUp(peer, hop.transport());
                connection.get().end();
            }
        });
    }

    @Override
    public void close() {
        outbox.flush(FLUSH);
        stop();
    }

    private void stop() {
        try {
            stack.stop();
        } catch (RuntimeException e) {
            LOG.debug("The SIP stack did not stop cleanly", e);
        }
        threads.end();
    }
}
