package io.copperline.gateway.media;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where a trunk leg's packets come from and go to (symmetric RTP, RFC 4961; latching, RFC 7362). We send to the address of
 * the SDP at once; the first source that shows a plausible run of packets is locked in, and nobody else is heard until a
 * re-INVITE or UPDATE lets it learn anew.
 *
 * <pre>
 * LEARNING --{@value #RUN} packets in a row, one source, one SSRC, right payload type--> LOCKED --new SDP--> LEARNING
 * </pre>
 */
final class Latch {
    private static final int RUN = 5;
    /** So many packets from elsewhere, and none from the signalled address any more, and it is given up. */
    private static final int PATIENCE = 25;

    private final boolean symmetric;
    private Optional<InetSocketAddress> signalled = Optional.empty();
    private Optional<InetSocketAddress> locked = Optional.empty();
    private InetSocketAddress candidate;
    private long candidateSsrc;
    private int run;
    private int fromElsewhere;

    /** @param symmetric whether our packets follow the source; otherwise they stay with the SDP's address */
    Latch(boolean symmetric) {
        this.symmetric = symmetric;
    }

    /** The SDP has named this address; empty: there is none (hold by 0.0.0.0). */
    void signalled(Optional<InetSocketAddress> address) {
        if (!address.equals(signalled)) {
            signalled = address;
            locked = Optional.empty();
            candidate = null;
            run = 0;
        }
    }

    /** Whether a packet that could be the peer's is taken; it moves the latch on. */
    boolean accepts(InetSocketAddress from, long ssrc) {
        if (locked.isPresent()) {
            return locked.get().equals(from);
        }
        if (!from.equals(candidate) || ssrc != candidateSsrc) {
            // While learning, the signalled address is not pushed aside by a stray packet from elsewhere.
            if (run > 0 && signalled.filter(candidate::equals).isPresent() && fromElsewhere++ < PATIENCE) {
                return false;
            }
            fromElsewhere = 0;
            candidate = from;
            candidateSsrc = ssrc;
            run = 0;
        }
        if (++run >= RUN) {
            locked = Optional.of(from);
        }
        return true;
    }

    /** Where our packets go now. */
    Optional<InetSocketAddress> destination() {
        return symmetric && locked.isPresent() ? locked : signalled;
    }

    /** Whether audio comes from elsewhere than the SDP said. */
    boolean movedAway() {
        return locked.isPresent() && !locked.equals(signalled);
    }

    boolean isLocked() {
        return locked.isPresent();
    }
}
