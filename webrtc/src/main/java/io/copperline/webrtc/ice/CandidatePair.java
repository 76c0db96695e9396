package io.copperline.webrtc.ice;

import io.copperline.webrtc.stun.StunTransaction;

/**
 * A remote candidate and our socket's way to it (RFC 8445 section 6.1.2). There is one socket, so our host candidate of that
 * family and those reflexive ones whose base it is make one pair with it (section 6.1.2.4).
 */
final class CandidatePair {
    /** RFC 8445 section 6.1.2.6. */
    enum State {
        /** Another pair of the same foundation is checked first. */
        FROZEN,
        WAITING,
        IN_PROGRESS,
        SUCCEEDED,
        FAILED
    }

    private final TransportAddress remote;
    private final String foundation;
    private final long localPriority;
    private final long remotePriority;
    private final StunTransaction check = new StunTransaction();
    private State state = State.FROZEN;
    private boolean nominated;

    CandidatePair(TransportAddress remote, String foundation, long localPriority, long remotePriority) {
        this.remote = remote;
        this.foundation = foundation;
        this.localPriority = localPriority;
        this.remotePriority = remotePriority;
    }

    TransportAddress remote() {
        return remote;
    }

    /** Of the remote candidate, for ours is always the same. */
    String foundation() {
        return foundation;
    }

    /** Our candidate's priority, were it learnt from a check: what PRIORITY says (section 7.1.1). */
    int peerReflexivePriority() {
        return (int)
                IceCandidate.priority(IceCandidate.PEER_REFLEXIVE_PREFERENCE, (int) (localPriority >>> 8) & 0xffff);
    }

    /** Section 6.1.2.3: {@code 2^32 * MIN(G,D) + 2 * MAX(G,D) + (G>D?1:0)}, G being of the controlling side. */
    long priority(boolean controlling) {
        long theirs = Math.min(remotePriority, 0x7fff_ffffL); // Section 5.1.2: they are from 1 to 2^31 - 1.
        long g = controlling ? localPriority : theirs;
        long d = controlling ? theirs : localPriority;
        return (Math.min(g, d) << 32) + 2 * Math.max(g, d) + (g > d ? 1 : 0);
    }

    State state() {
        return state;
    }

    void state(State next) {
        state = next;
    }

    /** The check under way. */
    StunTransaction check() {
        return check;
    }

    /** Whether it is to be selected once it works: we nominate it, or the other side has. */
    boolean nominated() {
        return nominated;
    }

    void nominated(boolean is) {
        nominated = is;
    }
}
