package io.copperline.webrtc.dtls;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.bouncycastle.tls.DatagramTransport;

/**
 * Where the blocking handshake meets the owner's thread: datagrams in and out, both bounded, and the owner's time. A lock is
 * the honest exception here; the owner holds it for a few instructions, and only while a handshake is going on.
 */
final class DatagramQueue implements DatagramTransport {
    /** Below every path's MTU, as RFC 8261 section 5 advises, headers included. */
    private static final int SEND_LIMIT_BYTES = 1_200;

    private static final int RECEIVE_LIMIT_BYTES = 1_500;
    private static final int MAX_WAITING = 64;

    /**
     * Bouncy Castle counts its waits by the system's clock, and doubles them. It is told a first wait of one of its
     * milliseconds, and each of these is a quarter of a second of the owner's time here: RFC 6347 section 4.2.4.1 starts at
     * a second, which is too long for a call's set-up; and it goes on doubling up to a minute, where a caller has hung up.
     */
    static final int FIRST_WAIT_MILLIS = 1;

    private static final long WAIT_UNIT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> incoming = new ArrayDeque<>();
    private final ArrayDeque<byte[]> outgoing = new ArrayDeque<>();
    private final Runnable wakeUp;
    private long nowNanos;
    private long deadlineNanos;
    private boolean waiting;
    private boolean polling;
    private boolean closed;

    DatagramQueue(Runnable wakeUp, long nowNanos) {
        this.wakeUp = wakeUp;
        this.nowNanos = nowNanos;
    }

    /** A datagram from the peer; false where the queue is full and it is dropped, as a network would. */
    boolean offer(byte[] datagram) {
        lock.lock();
        try {
            if (incoming.size() == MAX_WAITING || closed) {
                return false;
            }
            incoming.add(datagram);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The owner's clock has moved. */
    void tick(long now) {
        lock.lock();
        try {
            nowNanos = now;
            if (waiting) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The next datagram that must go out. */
    Optional<byte[]> next() {
        lock.lock();
        try {
            return Optional.ofNullable(outgoing.poll());
        } finally {
            lock.unlock();
        }
    }

    /** Whether the handshake waits for the network or for time, and everything it said has been fetched. */
    boolean quiet() {
        lock.lock();
        try {
            return waiting && nowNanos - deadlineNanos < 0 && incoming.isEmpty() && outgoing.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    boolean hasIncoming() {
        lock.lock();
        try {
            return !incoming.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** From now on {@link #receive} returns at once: the handshake is over, and errands only look at what has come. */
    void poll() {
        lock.lock();
        try {
            polling = true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int receive(byte[] buf, int off, int len, int waitMillis) throws IOException {
        lock.lock();
        try {
            await(waitMillis);
            if (closed) {
                throw new IOException("closed");
            }
            byte[] datagram = incoming.poll();
            if (datagram == null) {
                return -1;
            }
            int bytes = Math.min(len, datagram.length);
            System.arraycopy(datagram, 0, buf, off, bytes);
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    private void await(int waitMillis) {
        deadlineNanos = nowNanos + Math.min(MAX_WAIT_NANOS, waitMillis / FIRST_WAIT_MILLIS * WAIT_UNIT_NANOS);
        waiting = true;
        while (incoming.isEmpty() && !closed && !polling && nowNanos - deadlineNanos < 0) {
            changed.awaitUninterruptibly();
        }
        waiting = false;
        if (!polling) {
            passSystemMillis(waitMillis);
        }
    }

    /** The owner's time is up, and Bouncy Castle asks again until its own few milliseconds are, too. */
    private void passSystemMillis(int millis) {
        try {
            long leftNanos = TimeUnit.MILLISECONDS.toNanos(millis);
            while (leftNanos > 0 && incoming.isEmpty() && !closed) {
                leftNanos = changed.awaitNanos(leftNanos);
            }
        } catch (InterruptedException e) {
            closed = true; // Whoever interrupts an errand wants it to end.
        }
    }

    @Override
    public void send(byte[] buf, int off, int len) {
        lock.lock();
        try {
            if (outgoing.size() < MAX_WAITING) {
                byte[] datagram = new byte[len];
                System.arraycopy(buf, off, datagram, 0, len);
                outgoing.add(datagram);
            }
        } finally {
            lock.unlock();
        }
        wakeUp.run();
    }

    @Override
    public int getReceiveLimit() {
        return RECEIVE_LIMIT_BYTES;
    }

    @Override
    public int getSendLimit() {
        return SEND_LIMIT_BYTES;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
