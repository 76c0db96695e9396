package io.copperline.sip.jain;

import gov.nist.javax.sip.message.SIPRequest;
import io.copperline.sip.Drops;
import io.copperline.sip.SipSettings;
import io.copperline.sip.SipStartException;
import io.copperline.sip.SipTransport;
import io.copperline.sip.wire.ClientExchange;
import io.copperline.sip.wire.NextHop;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.ResponseListener;
import io.copperline.sip.wire.SipWire;
import io.copperline.sip.wire.Source;
import io.copperline.sip.wire.WireListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TooManyListenersException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.sip.PeerUnavailableException;
import javax.sip.SipProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** JAIN-SIP as a {@link SipWire}: one stack with its sockets, threads and timers. */
public final class JainWire implements SipWire {
    private static final Logger LOG = LoggerFactory.getLogger(JainWire.class);
    private static final Duration FLUSH = Duration.ofMillis(500);

    private final StackThreads threads;
    private final Outbox outbox = new Outbox();
    private final AtomicReference<WireListener> listener = new AtomicReference<>();
    private final Drops drops;
    private final GuardedStack stack;
    private final SipProvider provider;
    private final Map<SipTransport, Integer> ports;

    private JainWire(SipSettings settings, Optional<SSLContext> tls, Drops drops, InstantSource clock)
            throws SipStartException {
        this.drops = drops;
        threads = new StackThreads(drops);
        DatagramGate gate = new DatagramGate(this::knows, settings.shedding().messagesPerSecond(), drops, clock);
        SipSockets sockets = new SipSockets(tls, this::knows, gate, drops);
        stack = threads.start(() -> stack(sockets, drops));
        try {
            ListeningPorts listening = new ListeningPorts(stack, settings);
            provider = threads.start(() -> listening.open(settings));
            ports = listening.ports();
            threads.awaitReader();
        } catch (SipStartException | RuntimeException e) {
            stop();
            throw e;
        }
    }

    /** Opens the ports. Nothing is heard, and nobody may connect, before {@link #listen}. */
    public static JainWire open(SipSettings settings, Drops drops, InstantSource clock) throws SipStartException {
        Optional<SSLContext> tls = settings.tls().isPresent()
                ? Optional.of(TlsContext.load(settings.tls().get()))
                : Optional.empty();
        if (settings.tlsPort() != 0 && tls.isEmpty()) {
            throw new SipStartException(
                    "SIP over TLS needs a certificate and a key. Give them, or turn TLS off.", null);
        }
        return new JainWire(settings, tls, drops, clock);
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
            provider.addSipListener(new Ear(provider, outbox, who, drops));
        } catch (TooManyListenersException e) {
            throw new IllegalStateException("somebody listens already", e);
        }
    }

    private boolean knows(Source source) {
        WireListener who = listener.get();
        return who != null && who.knows(source);
    }

    @Override
    public int port(SipTransport transport) {
        return ports.getOrDefault(transport, 0);
    }

    @Override
    public ClientExchange request(Request request, NextHop hop, ResponseListener outcome) {
        JainExchange exchange = new JainExchange(provider, outbox.lane(request.callId()), hop, outcome);
        exchange.send(request);
        return exchange;
    }

    @Override
    public void ack(Request ack, NextHop hop) {
        outbox.lane(ack.callId()).execute(() -> {
            try {
                SIPRequest message = Translation.toJain(ack);
                Hops.mark(message, JainExchange.resolve(hop));
                ScopedValue.where(SipSockets.CERTIFICATE_NAME, hop.certificateName())
                        .call(() -> {
                            provider.sendRequest(message);
                            return null;
                        });
            } catch (Exception e) {
                LOG.debug("ACK could not be sent", e);
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
