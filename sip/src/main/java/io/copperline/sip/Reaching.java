package io.copperline.sip;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How a carrier's servers are found, and when another one is tried (RFC 3263).
 *
 * @param anyTransport whether DNS may choose among the transports that are on; the trunk's own is then the one without its word
 * @param answerTimeout how long a server may say nothing at all to an INVITE while there is another to ask
 * @param failoverCodes the statuses of an INVITE after which another server is asked
 * @param outboundProxy through which everything outside of a dialog goes; an unresolved address, with port 0 where none is given
 */
public record Reaching(
        boolean anyTransport,
        Duration answerTimeout,
        Set<Integer> failoverCodes,
        Optional<InetSocketAddress> outboundProxy) {

    /** The transport is fixed, and RFC 3263 section 4.3 alone decides. */
    public static final Reaching PLAIN = new Reaching(false, Duration.ofMillis(2500), Set.of(503), Optional.empty());

    public Reaching {
        failoverCodes = Set.copyOf(failoverCodes);
    }
}
