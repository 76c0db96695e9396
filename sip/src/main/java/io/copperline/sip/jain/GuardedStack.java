package io.copperline.sip.jain;

import gov.nist.core.net.NetworkLayer;
import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.parser.MessageParserFactory;
import java.util.Properties;
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

    /** Stops the stack, without the second that JAIN sleeps after all is closed. */
    @Override
    public void stop() {
        boolean interrupted = Thread.interrupted();
        try {
            Thread.currentThread().interrupt(); // ends that sleep as it begins
            super.stop();
        } finally {
            Thread.interrupted();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
