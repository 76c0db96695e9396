package io.copperline.webrtc.sctp;

import java.util.random.RandomGenerator;

/** Asks a silent peer whether it is there (RFC 9260 section 8.3). What it carries is only for us: a nonce and the time. */
final class Heartbeat {
    private static final int INFORMATION_BYTES = 20;

    private final long intervalNanos;
    private final RandomGenerator random;
    private final RetransmissionTimeout timeout;
    private final Deadline next = new Deadline();
    private boolean asked;
    private long nonce;

    Heartbeat(SctpSettings settings, RandomGenerator random, RetransmissionTimeout timeout, long nowNanos) {
        intervalNanos = settings.heartbeatInterval().toNanos();
        this.random = random;
        this.timeout = timeout;
        postpone(nowNanos);
    }

    Deadline next() {
        return next;
    }

    /** The peer was heard of: the silence begins anew. With a jitter of half an RTO, so that peers do not beat as one. */
    void postpone(long nowNanos) {
        asked = false;
        next.arm(nowNanos + intervalNanos + timeout.nanos() / 2 + random.nextLong(timeout.nanos()));
    }

    /** Sends what is due; true where the last one had no answer. */
    boolean onTime(Outbox out, long nowNanos) {
        if (!next.due(nowNanos)) {
            return false;
        }
        boolean unanswered = asked;
        if (unanswered) {
            timeout.backOff();
        }
        asked = true;
        nonce = random.nextLong();
        int at = out.open(ChunkType.HEARTBEAT, 0, INFORMATION_BYTES);
        Wire.put16(out.buf(), at, ChunkType.HEARTBEAT_INFORMATION);
        Wire.put16(out.buf(), at + 2, INFORMATION_BYTES);
        Wire.put64(out.buf(), at + 4, nonce);
        Wire.put64(out.buf(), at + 12, nowNanos);
        next.arm(nowNanos + timeout.nanos());
        return unanswered;
    }

    SctpDrop onAck(byte[] buf, int off, int len, long nowNanos) {
        if (len != INFORMATION_BYTES || !asked || Wire.i64(buf, off + 4) != nonce) {
            return SctpDrop.STALE;
        }
        timeout.onRoundTrip(nowNanos - Wire.i64(buf, off + 12));
        postpone(nowNanos);
        return SctpDrop.TAKEN;
    }
}
