package io.copperline.webrtc.stun;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * One request that waits for its answer. One object is used again and again by its owner.
 *
 * <pre>
 * over UDP (RFC 8489 section 6.2.1, RTO 500 ms): sent at 0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5 s; given up at 39.5 s
 * over TCP (section 6.2.2):                      sent at 0;                                   given up at 39.5 s
 * </pre>
 */
public final class StunTransaction {
    /** RFC 8445 section 14.3 wants 500 ms at least. */
    private static final long RTO_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final int MAX_REQUESTS = 7;
    private static final int LAST_WAIT = 16;
    private static final long RELIABLE_NANOS = 79 * RTO_NANOS;

    private final byte[] id = new byte[StunMessage.TRANSACTION_ID_BYTES];
    private boolean open;
    private boolean hastened;
    private boolean last;
    private int requests;
    private long dueNanos;

    /** Begins anew; the first request is due at once. */
    public void begin(RandomGenerator random, long nowNanos) {
        random.nextBytes(id);
        open = true;
        hastened = false;
        last = false;
        requests = 0;
        dueNanos = nowNanos;
    }

    /** The request has been sent, over TCP or over UDP. */
    public void sent(boolean reliable, long nowNanos) {
        requests++;
        last = reliable || requests == MAX_REQUESTS;
        dueNanos = nowNanos
                + (reliable ? RELIABLE_NANOS : last ? LAST_WAIT * RTO_NANOS : RTO_NANOS << Math.min(requests - 1, 5));
    }

    /** Repeats the request at once, but only once: there is news of the way to the other side. */
    public void hasten(long nowNanos) {
        if (open && !hastened && !last) {
            hastened = true;
            dueNanos = nowNanos;
        }
    }

    /** No answer is waited for any more. */
    public void end() {
        open = false;
    }

    public boolean open() {
        return open;
    }

    /** Whether the request must go out, or go out again. */
    public boolean due(long nowNanos) {
        return open && !last && nowNanos - dueNanos >= 0;
    }

    /** Whether nobody will answer. */
    public boolean expired(long nowNanos) {
        return open && last && nowNanos - dueNanos >= 0;
    }

    /** Whether this message answers the request. */
    public boolean answeredBy(StunMessage message) {
        return open && Arrays.equals(id, message.transactionId());
    }

    public byte[] id() {
        return id;
    }
}
