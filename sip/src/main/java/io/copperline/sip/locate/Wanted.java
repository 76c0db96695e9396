package io.copperline.sip.locate;

import io.copperline.sip.SipTransport;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * What is looked for.
 *
 * @param host name or address
 * @param port 0 where none is given
 * @param transports the one that is fixed, or those that DNS may choose from, the one we like best first
 */
public record Wanted(String host, int port, List<SipTransport> transports) {
    public Wanted {
        transports = List.copyOf(transports);
        if (transports.isEmpty()) {
            throw new IllegalArgumentException("no transport for " + host);
        }
    }

    /** Whether the host is an address, so that there is nothing to look up. */
    public boolean isNumeric() {
        return address().isPresent();
    }

    Optional<InetAddress> address() {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean transportFixed() {
        return transports.size() == 1;
    }

    /** What is used where DNS does not choose: UDP with a sip URI (RFC 3263 section 4.1), if we have it. */
    SipTransport plain() {
        return transports.getFirst();
    }
}
