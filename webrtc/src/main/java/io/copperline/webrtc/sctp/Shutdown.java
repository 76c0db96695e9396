package io.copperline.webrtc.sctp;

/** Ends an association in order, when all is acknowledged (RFC 9260 section 9.2). */
final class Shutdown {
    private final long guardNanos;
    private final RetransmissionTimeout timeout;
    private final Deadline t2 = new Deadline();
    private final Deadline t5 = new Deadline();

    Shutdown(SctpSettings settings, RetransmissionTimeout timeout) {
        guardNanos = 5 * settings.rtoMax().toNanos();
        this.timeout = timeout;
    }

    Deadline t2() {
        return t2;
    }

    Deadline t5() {
        return t5;
    }

    /** Goes on where everything is acknowledged; returns the state from now on. */
    AssociationState advance(AssociationState state, boolean drained, int cumulativeTsn, Outbox out, long nowNanos) {
        if (!drained) {
            return state;
        }
        if (state == AssociationState.SHUTDOWN_PENDING) {
            t5.arm(nowNanos + guardNanos);
            shutdown(cumulativeTsn, out, nowNanos);
            return AssociationState.SHUTDOWN_SENT;
        }
        if (state == AssociationState.SHUTDOWN_RECEIVED) {
            acknowledge(out, nowNanos);
            return AssociationState.SHUTDOWN_ACK_SENT;
        }
        return state;
    }

    void shutdown(int cumulativeTsn, Outbox out, long nowNanos) {
        Wire.put32(out.buf(), out.open(ChunkType.SHUTDOWN, 0, 4), cumulativeTsn);
        t2.arm(nowNanos + timeout.nanos());
    }

    void acknowledge(Outbox out, long nowNanos) {
        out.add(ChunkType.SHUTDOWN_ACK, 0);
        t2.arm(nowNanos + timeout.nanos());
    }

    /** Repeats what T2 says; true where it did. */
    boolean onTime(AssociationState state, int cumulativeTsn, Outbox out, long nowNanos) {
        if (!t2.due(nowNanos)) {
            return false;
        }
        timeout.backOff();
        if (state == AssociationState.SHUTDOWN_SENT) {
            shutdown(cumulativeTsn, out, nowNanos);
        } else {
            acknowledge(out, nowNanos);
        }
        return true;
    }

    /** The peer goes on sending and never lets it end. */
    boolean overdue(long nowNanos) {
        return t5.due(nowNanos);
    }
}
