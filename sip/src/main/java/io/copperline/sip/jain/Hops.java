package io.copperline.sip.jain;

import gov.nist.javax.sip.message.MessageExt;
import java.util.Collections;
import java.util.ListIterator;
import javax.sip.SipException;
import javax.sip.address.Hop;
import javax.sip.address.Router;
import javax.sip.message.Request;

/** Sends each request where whoever made it has said: the hop travels with the message. */
final class Hops implements Router {

    /** Marks a request with its hop. */
    static void mark(Request request, Hop hop) {
        ((MessageExt) request).setApplicationData(hop);
    }

    @Override
    public Hop getNextHop(Request request) throws SipException {
        if (((MessageExt) request).getApplicationData() instanceof Hop hop) {
            return hop;
        }
        throw new SipException("no hop");
    }

    @Override
    public Hop getOutboundProxy() {
        return null;
    }

    @Override
    @SuppressWarnings("deprecation") // by JAIN-SIP, which never calls it
    public ListIterator<Hop> getNextHops(Request request) {
        return Collections.emptyListIterator();
    }
}
