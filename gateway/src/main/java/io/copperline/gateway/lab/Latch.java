package io.copperline.gateway.lab;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where our packets go: what the SDP says, until several packets in a row have come from elsewhere (RFC 4961, 7362). A gateway
 * that advertises its public address is reached on loopback only so. Owned by its stream.
 */
final class Latch {
    private static final int RUN = 3;

    private Optional<InetSocketAddress> said = Optional.empty();
    private Optional<InetSocketAddress> latched = Optional.empty();
    private Optional<InetSocketAddress> seen = Optional.empty();
    private int run;

    /** The SDP says this; a new address there is learnt anew. */
    void told(Optional<InetSocketAddress> address) {
        if (!address.equals(said)) {
            said = address;
            latched = Optional.empty();
            seen = Optional.empty();
            run = 0;
        }
    }

    /** A good packet came from there. */
    void heard(InetSocketAddress from) {
        if (latched.isPresent()) {
            return;
        }
        run = seen.isPresent() && seen.get().equals(from) ? run + 1 : 1;
        seen = Optional.of(from);
        if (run >= RUN) {
            latched = seen;
        }
    }

    /** Empty while the peer wants nothing. */
    Optional<InetSocketAddress> target() {
        return said.isEmpty() ? said : latched.or(() -> said);
    }
}
