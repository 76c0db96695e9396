package io.copperline.sip.jain;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.HopImpl;
import io.copperline.sip.SipTransport;
import io.copperline.sip.wire.ClientExchange;
import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.NextHop;
import io.copperline.sip.wire.ReasonPhrase;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ResponseListener;
import io.copperline.sip.wire.WireFailure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.text.ParseException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sip.ClientTransaction;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.address.Hop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client transaction. Everything it sends goes through its Call-ID's lane. */
final class JainExchange implements ClientExchange {
    private static final Logger LOG = LoggerFactory.getLogger(JainExchange.class);

    private final SipProvider provider;
    private final Executor lane;
    private final NextHop hop;
    private final ResponseListener listener;
    private final Connections connections;
    private final AtomicBoolean failed = new AtomicBoolean();
    private final AtomicBoolean repeated = new AtomicBoolean();
    private ClientTransaction transaction; // seen by the lane only

    JainExchange(SipProvider provider, Executor lane, NextHop hop, Connections connections, ResponseListener listener) {
        this.provider = provider;
        this.lane = lane;
        this.hop = hop;
        this.connections = connections;
        this.listener = listener;
    }

    void send(Request request) {
        lane.execute(() -> {
            Sending sending = new Sending(hop.certificateName());
            try {
                SIPRequest message = Translation.toJain(request);
                Hops.mark(message, resolve(hop));
                transaction = provider.getNewClientTransaction(message);
                transaction.setApplicationData(this);
                if (hop.transport() != SipTransport.UDP) {
                    connections.awaits(
                            this,
                            new InetSocketAddress(InetAddress.getByName(hop.host()), hop.port()),
                            hop.transport());
                }
                sending.run(transaction::sendRequest);
            } catch (SipException | ParseException | UnknownHostException | RuntimeException e) {
                unsent(request.method(), sending.cause(e));
            }
        });
    }

    /** Its connection has ended without an answer: it goes once more, over another one. Registrations see to that themselves. */
    void repeat() {
        if (repeated.compareAndSet(false, true)) {
            lane.execute(this::sendAgain);
        }
    }

    private void sendAgain() {
        if (transaction == null
                || !connections.isWaiting(this)
                || transaction.getRequest().getMethod().equals("REGISTER")) {
            return;
        }
        Sending sending = new Sending(hop.certificateName());
        try {
            SIPRequest message = (SIPRequest) transaction.getRequest().clone();
            Hops.mark(message, resolve(hop));
            sending.run(() -> provider.sendRequest(message));
        } catch (SipException | UnknownHostException | RuntimeException e) {
            unsent(transaction.getRequest().getMethod(), sending.cause(e));
        }
    }

    private void unsent(String method, Exception cause) {
        Unsent why = Unsent.of(cause);
        LOG.debug("{} could not be sent: {}", method, why.what());
        failed(why.failure(), why.what());
    }

    @Override
    public void cancel(List<Header> headers) {
        lane.execute(() -> {
            try {
                if (transaction == null) {
                    return; // it could not be sent, and the listener knows
                }
                SIPRequest message = (SIPRequest) transaction.createCancel();
                for (Header header : headers) {
                    message.addHeader(gov.nist.javax.sip.parser.StringMsgParser.parseSIPHeader(
                            header.name() + ": " + header.value() + "\n"));
                }
                Hops.mark(message, resolve(hop));
                ClientTransaction ofCancel = provider.getNewClientTransaction(message);
                new Sending(hop.certificateName()).run(ofCancel::sendRequest);
            } catch (SipException | ParseException | UnknownHostException | RuntimeException e) {
                LOG.debug("CANCEL could not be sent", e);
            }
        });
    }

    void onResponse(Response response) {
        connections.answered(this);
        listener.onResponse(response);
    }

    void onTimeout() {
        failed(WireFailure.TIMEOUT, ReasonPhrase.of(408));
    }

    /** There will be no answer. Only the first reason counts. */
    void failed(WireFailure failure, String what) {
        connections.answered(this);
        if (failed.compareAndSet(false, true)) {
            listener.onFailure(failure, what);
        }
    }

    /** The hop as JAIN wants it, with an address instead of a name. Blocks while the name is looked up. */
    static Hop resolve(NextHop hop) throws UnknownHostException {
        String address = InetAddress.getByName(hop.host()).getHostAddress();
        int scope = address.indexOf('%');
        String plain = scope < 0 ? address : address.substring(0, scope);
        String host = plain.indexOf(':') >= 0 ? "[" + plain + "]" : plain;
        return new HopImpl(host, hop.port(), hop.transport().wireName());
    }
}
