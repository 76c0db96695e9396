package io.copperline.sip.jain;

import gov.nist.core.net.NetworkLayer;
import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.parser.MessageParserFactory;
import gov.nist.javax.sip.stack.SIPTransaction;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import javax.sip.PeerUnavailableException;
import javax.sip.TransactionState;

/**
 * The stack with our own sockets, router and parser put in as objects. JAIN's way, class names in properties, would make
 * them share statics between stacks, and its factory keeps one stack per address.
 */
final class GuardedStack extends SipStackImpl {
    /** A server that answers none of these is asked again and again, without any call. */
    private static final Set<String> BESIDE_CALLS = Set.of("OPTIONS", "REGISTER");

    GuardedStack(Properties properties, NetworkLayer sockets, MessageParserFactory parsers)
            throws PeerUnavailableException {
        super(properties);
        this.networkLayer = sockets;
        setRouter(new Hops());
        setMessageParserFactory(parsers);
    }

    /** The clockwork that it was made with. */
    StackTimer timer() {
        return (StackTimer) getTimer();
    }

    /** Transactions of calls that wait for an answer, ours or the peer's. */
    int openTransactions() {
        return (int) transactions()
                .filter(one -> !BESIDE_CALLS.contains(one.getMethod()) && waits(one))
                .count();
    }

    /** Those that are over, and are kept for what comes again (RFC 3261 section 17: up to 32 s). */
    int endedTransactions() {
        return (int) transactions().filter(one -> !waits(one)).count();
    }

    private Stream<SIPTransaction> transactions() {
        return Stream.concat(clientTransactionTable.values().stream(), serverTransactionTable.values().stream());
    }

    private static boolean waits(SIPTransaction transaction) {
        TransactionState state = transaction.getState();
        // None yet, or calling, trying, proceeding; what follows is completed, confirmed, terminated.
        return state == null || state.getValue() < TransactionState._COMPLETED;
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
