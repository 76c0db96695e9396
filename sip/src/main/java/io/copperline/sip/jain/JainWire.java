package io.copperline.sip.jain;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.copperline.sip.Drop;
import io.copperline.sip.Drops;
import io.copperline.sip.SipSettings;
import io.copperline.sip.SipStartException;
import io.copperline.sip.SipTransport;
import io.copperline.sip.wire.ClientExchange;
import io.copperline.sip.wire.NextHop;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ResponseListener;
import io.copperline.sip.wire.SipWire;
import io.copperline.sip.wire.Source;
import io.copperline.sip.wire.WireListener;
import java.text.ParseException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TooManyListenersException;
import javax.net.ssl.SSLContext;
import javax.sip.ClientTransaction;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.InvalidArgumentException;
import javax.sip.PeerUnavailableException;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** JAIN-SIP as a {@link SipWire}: one stack with its sockets, threads and timers. */
public final class JainWire implements SipWire {
    private static final Logger LOG = LoggerFactory.getLogger(JainWire.class);
    private static final Duration FLUSH = Duration.ofMillis(500);

    private final GuardedStack stack;
    private final StackThreads threads;
    private final SipProvider provider;
    private final Map<SipTransport, Integer> ports;
    private final Outbox outbox = new Outbox();

    private JainWire(GuardedStack stack, StackThreads threads, SipProvider provider, Map<SipTransport, Integer> ports) {
        this.stack = stack;
        this.threads = threads;
        this.provider = provider;
        this.ports = ports;
    }

    /** Opens the ports. Nothing is heard before {@link #listen}. */
    public static JainWire open(SipSettings settings, Drops drops) throws SipStartException {
        Optional<SSLContext> tls = settings.tls().isPresent()
                ? Optional.of(TlsContext.load(settings.tls().get()))
                : Optional.empty();
        if (settings.tlsPort() != 0 && tls.isEmpty()) {
            throw new SipStartException(
                    "SIP over TLS needs a certificate and a key. Give them, or turn TLS off.", null);
        }
        StackThreads threads = new StackThreads();
        try {
            return threads.start(() -> open(settings, tls, drops, threads));
        } catch (SipStartException e) {
            threads.end();
            throw e;
        } catch (Exception e) {
            threads.end();
            throw new SipStartException("The SIP stack would not start: " + e.getMessage(), e);
        }
    }

    private static JainWire open(SipSettings settings, Optional<SSLContext> tls, Drops drops, StackThreads threads)
            throws SipStartException, PeerUnavailableException {
        GuardedStack stack =
                new GuardedStack(StackProperties.create(), new SipSockets(tls), GuardedParser.factory(drops));
        try {
            ListeningPorts listening = new ListeningPorts(stack, settings);
            SipProvider provider = listening.open(settings);
            threads.awaitReader();
            return new JainWire(stack, threads, provider, listening.ports());
        } catch (SipStartException | RuntimeException e) {
            stack.stop();
            throw e;
        }
    }

    /** From now on this listener hears what comes in. Once. */
    public void listen(WireListener listener, Drops drops) {
        try {
            provider.addSipListener(new Ear(listener, drops));
        } catch (TooManyListenersException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int port(SipTransport transport) {
        return ports.getOrDefault(transport, 0);
    }

    @Override
    public ClientExchange request(Request request, NextHop hop, ResponseListener listener) {
        JainExchange exchange = new JainExchange(provider, outbox.lane(request.callId()), hop, listener);
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
        try {
            stack.stop();
        } catch (RuntimeException e) {
            LOG.debug("The SIP stack did not stop cleanly", e);
        }
        threads.end();
    }

    /** What the stack calls. It must never let an exception go: the stack would swallow it and leave a lock taken. */
    private final class Ear implements SipListener {
        private final WireListener listener;
        private final Drops drops;

        Ear(WireListener listener, Drops drops) {
            this.listener = listener;
            this.drops = drops;
        }

        @Override
        public void processRequest(RequestEvent event) {
            try {
                hear((SIPRequest) event.getRequest(), event.getServerTransaction());
            } catch (RuntimeException | SipException | ParseException | InvalidArgumentException e) {
                LOG.debug("A request was dropped", e);
                drops.count(Drop.DEFECT, e.getClass().getSimpleName());
            }
        }

        private void hear(SIPRequest message, ServerTransaction existing)
                throws SipException, ParseException, InvalidArgumentException {
            Source source = Translation.source(message, transport(message));
            boolean ack = message.getMethod().equals("ACK");
            if (!listener.knows(source)) {
                drops.count(Drop.STRANGER, message.getMethod() + " from " + source.address());
                if (!ack) {
                    provider.sendResponse(
                            message.createResponse(403)); // without a transaction: strangers cost no memory
                }
                return;
            }
            if (ack) {
                listener.onAck(source, Translation.request(message));
                return;
            }
            ServerTransaction transaction = existing == null ? provider.getNewServerTransaction(message) : existing;
            if (!"SIP/2.0".equalsIgnoreCase(message.getSIPVersion())) {
                transaction.sendResponse(message.createResponse(505)); // the stack itself looks on UDP only
                return;
            }
            listener.onRequest(source, Translation.request(message), response -> respond(transaction, response));
        }

        private void respond(ServerTransaction transaction, Response response) {
            outbox.lane(response.callId()).execute(() -> {
                try {
                    transaction.sendResponse(Translation.toJain(response));
                } catch (SipException | ParseException | InvalidArgumentException | RuntimeException e) {
                    LOG.debug("{} could not be sent", response.status(), e);
                }
            });
        }

        @Override
        public void processResponse(ResponseEvent event) {
            try {
                SIPResponse message = (SIPResponse) event.getResponse();
                ClientTransaction transaction = event.getClientTransaction();
                if (transaction == null) {
                    Source source = Translation.source(message, transport(message));
                    listener.onStrayResponse(source, Translation.response(message));
                } else if (transaction.getApplicationData() instanceof JainExchange exchange) {
                    exchange.onResponse(Translation.response(message));
                }
            } catch (RuntimeException e) {
                LOG.debug("A response was dropped", e);
                drops.count(Drop.DEFECT, e.getClass().getSimpleName());
            }
        }

        @Override
        public void processTimeout(TimeoutEvent event) {
            ClientTransaction transaction = event.getClientTransaction();
            if (transaction != null && transaction.getApplicationData() instanceof JainExchange exchange) {
                exchange.onTimeout();
            }
        }

        // It names no transaction; the transaction's own time-out will tell.
        @Override
        public void processIOException(IOExceptionEvent event) {
            LOG.debug("SIP I/O failed towards {}:{}", event.getHost(), event.getPort());
        }

        @Override
        public void processTransactionTerminated(TransactionTerminatedEvent event) {}

        @Override
        public void processDialogTerminated(DialogTerminatedEvent event) {}
    }

    private static SipTransport transport(gov.nist.javax.sip.message.SIPMessage message) {
        String name = message.getTopmostVia() == null
                ? "UDP"
                : message.getTopmostVia().getTransport();
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "TCP" -> SipTransport.TCP;
            case "TLS" -> SipTransport.TLS;
            default -> SipTransport.UDP;
        };
    }
}
