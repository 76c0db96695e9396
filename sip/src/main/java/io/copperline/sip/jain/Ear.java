package io.copperline.sip.jain;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.SIPServerTransaction;
import io.copperline.sip.Drop;
import io.copperline.sip.Drops;
import io.copperline.sip.SipTransport;
import io.copperline.sip.wire.Source;
import io.copperline.sip.wire.WireListener;
import java.text.ParseException;
import java.util.Locale;
import java.util.Objects;
import javax.sip.ClientTransaction;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.InvalidArgumentException;
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

/** What the stack calls. It must never let an exception go: the stack would swallow it and leave a lock taken. */
final class Ear implements SipListener {
    private static final Logger LOG = LoggerFactory.getLogger(Ear.class);

    private final SipProvider provider;
    private final Outbox outbox;
    private final StackTimer timer;
    private final WireListener listener;
    private final Drops drops;

    Ear(SipProvider provider, Outbox outbox, StackTimer timer, WireListener listener, Drops drops) {
        this.provider = provider;
        this.outbox = outbox;
        this.timer = timer;
        this.listener = listener;
        this.drops = drops;
    }

    @Override
    public void processRequest(RequestEvent event) {
        try {
            hear((SIPRequest) event.getRequest(), event.getServerTransaction());
        } catch (RuntimeException | StackOverflowError | SipException | ParseException | InvalidArgumentException e) {
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
            return; // no answer: a scanner shall not learn that anyone is here
        }
        if (!isComplete(message)) {
            drops.count(Drop.MALFORMED, "a header is missing");
            if (!ack) {
                refuse(message, 400);
            }
            return;
        }
        if (!message.getMethod().equals(message.getMethod().toUpperCase(Locale.ROOT))) {
            // Nobody has a method in small letters, and the stack's transactions do not keep them.
            refuse(message, 501);
            return;
        }
        if (ack) {
            listener.onAck(source, Translation.request(message));
            return;
        }
        boolean invite = message.getMethod().equals("INVITE");
        if (invite) {
            keepFromTrying(message);
        }
        ServerTransaction transaction = existing == null ? provider.getNewServerTransaction(message) : existing;
        JainAnswer answer = new JainAnswer(outbox.lane(message.getCallId().getCallId()), transaction::sendResponse);
        if (invite) {
            timer.after(JainAnswer.TRYING_MILLIS, () -> answer.trying(message));
        }
        listener.onRequest(source, Translation.request(message), answer);
    }

    // Without a transaction, since the stack would make none; with a tag that is the same each time (RFC 3261 section
    // 8.2.7).
    private void refuse(SIPRequest message, int status) throws SipException, ParseException {
        SIPResponse response = message.createResponse(status);
        if (response.getTo() != null && response.getToTag() == null) {
            response.setToTag(Integer.toHexString(Objects.hashCode(message.getCallIdHeader())));
        }
        provider.sendResponse(response);
    }

    private static boolean isComplete(SIPRequest message) {
        try {
            message.checkHeaders();
            return true;
        } catch (ParseException e) {
            return false;
        }
    }

    // The stack would say 100 by itself for each INVITE that is not mapped yet.
    private static void keepFromTrying(SIPRequest invite) {
        if (invite.getTransaction() instanceof SIPServerTransaction pending) {
            pending.setMapped(true);
        }
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
        } catch (RuntimeException | StackOverflowError e) {
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

    // What the socket is, where it is known; a Via may claim anything.
    private static SipTransport transport(SIPMessage message) {
        boolean known = message instanceof SIPRequest request && request.getMessageChannel() instanceof MessageChannel;
        String name = known
                ? ((MessageChannel) ((SIPRequest) message).getMessageChannel()).getTransport()
                : message.getTopmostVia().getTransport();
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "TCP" -> SipTransport.TCP;
            case "TLS" -> SipTransport.TLS;
            default -> SipTransport.UDP;
        };
    }
}
