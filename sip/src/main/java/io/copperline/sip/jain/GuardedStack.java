package io.copperline.sip.jain;

import gov.nist.core.net.NetworkLayer;
import gov.nist.javax.sip.EventScanner;
import gov.nist.javax.sip.EventWrapper;
import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.parser.MessageParserFactory;
import java.util.Properties;
import javax.sip.IOExceptionEvent;
import javax.sip.PeerUnavailableException;

/**
 * The stack with our own sockets, router and parser put in as objects. JAIN's way, class names in properties, would make
 * them share statics between stacks, and its factory keeps one stack per address.
 */
final class GuardedStack extends SipStackImpl {

    GuardedStack(Properties properties, NetworkLayer sockets, MessageParserFactory parsers)
            throws PeerUnavailableException {
        super(properties);
        this.networkLayer = sockets;
        setRouter(new Hops());
        setMessageParserFactory(parsers);
    }

    /** Stops the stack, and the thread that JAIN leaves waiting for an event that never comes. */
    @Override
    public void stop() {
        EventScanner scanner = getEventScanner();
        boolean interrupted = Thread.interrupted();
        Thread.currentThread().interrupt(); // ends the second that JAIN sleeps after all is closed
        super.stop();
        Thread.interrupted();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (scanner != null) {
            scanner.addEvent(new EventWrapper(new IOExceptionEvent(this, "", 0, ""), null));
        }
    }
}
