package io.copperline.sip.jain;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ServerExchange;
import java.text.ParseException;
import java.util.concurrent.Executor;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One server transaction: what is answered to a request, in order. Everything goes through its Call-ID's lane, the 100 too: the stack
 * says it from its timer's thread and looks at the state before, so that a 100 came behind a 200 where both were due at once.
 */
final class JainAnswer implements ServerExchange {
    /** RFC 3261 section 17.2.1: 100, unless the user answers within this time. */
    static final long TRYING_MILLIS = 200;

    private static final Logger LOG = LoggerFactory.getLogger(JainAnswer.class);

    /** A server transaction's way out. */
    interface Sending {
        void send(SIPResponse response) throws SipException, InvalidArgumentException;
    }

    private final Executor lane;
    private final Sending transaction;
    private boolean answered; // seen by the lane only

    JainAnswer(Executor lane, Sending transaction) {
        this.lane = lane;
        this.transaction = transaction;
    }

    @Override
    public void respond(Response response) {
        lane.execute(() -> {
            answered = true;
            try {
                transaction.send(Translation.toJain(response));
            } catch (SipException | ParseException | InvalidArgumentException | RuntimeException e) {
                LOG.debug("{} could not be sent", response.status(), e);
            }
        });
    }

    /** Stops the peer from sending its INVITE again, where nothing else has been said. */
    void trying(SIPRequest invite) {
        lane.execute(() -> {
            if (answered) {
                return;
            }
            try {
                transaction.send(invite.createResponse(100));
            } catch (SipException | InvalidArgumentException | RuntimeException e) {
                LOG.debug("100 could not be sent", e);
            }
        });
    }
}
