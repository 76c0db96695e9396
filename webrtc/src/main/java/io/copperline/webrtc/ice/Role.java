package io.copperline.webrtc.ice;

import io.copperline.webrtc.stun.StunAttribute;
import io.copperline.webrtc.stun.StunMessage;
import io.copperline.webrtc.stun.StunWriter;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Who nominates (RFC 8445 section 6.1.1), and how two sides that both want to, or both do not, agree on it. */
final class Role {
    private final RandomGenerator random;
    private boolean controlling;
    private long tieBreaker;

    Role(boolean controlling, RandomGenerator random) {
        this.controlling = controlling;
        this.random = random;
        tieBreaker = random.nextLong();
    }

    boolean controlling() {
        return controlling;
    }

    void controlling(boolean is) {
        controlling = is;
    }

    void write(StunWriter writer) {
        writer.tieBreaker(controlling ? StunAttribute.ICE_CONTROLLING : StunAttribute.ICE_CONTROLLED, tieBreaker);
    }

    /** Section 7.3.1.1: on equal roles the larger tie-breaker controls. True: the other side must change. */
    boolean refuses(StunMessage request) {
        StunAttribute ours = controlling ? StunAttribute.ICE_CONTROLLING : StunAttribute.ICE_CONTROLLED;
        Optional<Long> theirTie = request.tieBreaker(ours);
        if (theirTie.isEmpty()) {
            return false;
        }
        boolean weAreLarger = Long.compareUnsigned(tieBreaker, theirTie.get()) >= 0;
        if (weAreLarger == controlling) {
            return true;
        }
        controlling = !controlling;
        return false;
    }

    /** Section 7.2.5.1: the other side has told us to change. */
    void conflicts() {
        controlling = !controlling;
        tieBreaker = random.nextLong();
    }
}
