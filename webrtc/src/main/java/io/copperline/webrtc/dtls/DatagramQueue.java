package io.copperline.webrtc.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
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
    static final int SEND_LIMIT_BYTES = 1_200;

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

    /** Nothing has come. Bouncy Castle passes this one exception on as it is; told -1, it would spin until its time is up. */
    static final class NothingThere extends InterruptedIOException {
        private static final long serialVersionUID = 1L;

        private NothingThere() {
            super("nothing has come");
        }

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> incoming = new ArrayDeque<>();
    private final ArrayDeque<byte[]> outgoing = new ArrayDeque<>();
    /** The datagram that the flight's next record may still join. */
    private final byte[] filling = new byte[SEND_LIMIT_BYTES];

    private final Runnable wakeUp;
    private int filledBytes;
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
            if (waiting && nowNanos - deadlineNanos >= 0) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** When the handshake's wait is over; now, where a datagram must go out. */
    long nextDeadline(long latestNanos) {
        lock.lock();
        try {
            if (!outgoing.isEmpty()) {
                return nowNanos;
            }
            // Past its end Bouncy Castle may still wait by its own clock, and then speaks up by itself.
            boolean ahead = waiting && !polling && nowNanos - deadlineNanos < 0;
            return ahead && deadlineNanos - latestNanos < 0 ? deadlineNanos : latestNanos;
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

    /** From now on {@link #receive} never waits, but throws {@link NothingThere}: the handshake is over. */
    void poll() {
        lock.lock();
        try {
            flush();
            polling = true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int receive(byte[] buf, int off, int len, int waitMillis) throws IOException {
        lock.lock();
        try {
            flush();
            await(waitMillis);
            if (closed) {
                throw new IOException("closed");
            }
            byte[] datagram = incoming.poll();
            if (datagram == null) {
                if (polling) {
                    throw new NothingThere();
                }
                return -1;
            }
            int bytes = Math.min(len, datagram.length);
            System.arraycopy(datagram, 0, buf, off, bytes);
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the owner's time is up, and Bouncy Castle's own few milliseconds, too: it would only ask again. */
    private void await(int waitMillis) {
        deadlineNanos = nowNanos + Math.min(MAX_WAIT_NANOS, waitMillis / FIRST_WAIT_MILLIS * WAIT_UNIT_NANOS);
        long systemNanos = TimeUnit.MILLISECONDS.toNanos(waitMillis);
        waiting = true;
        if (incoming.isEmpty() && !closed && !polling) {
            wakeUp.run(); // The owner has a new deadline.
        }
        try {
            while (incoming.isEmpty() && !closed && !polling && (nowNanos - deadlineNanos < 0 || systemNanos > 0)) {
                if (systemNanos > 0) {
                    systemNanos = changed.awaitNanos(systemNanos);
                } else {
                    changed.await();
                }
            }
        } catch (InterruptedException e) {
            closed = true; // Whoever interrupts an errand wants it to end.
        } finally {
            waiting = false;
        }
    }

    /**
     * Takes a record. Those of one flight share a datagram as far as they fit (RFC 6347 section 4.1.1): a flight of five in one
     * datagram is lost a fifth as often.
     */
    @Override
    public void send(byte[] buf, int off, int len) {
        lock.lock();
        try {
            if (filledBytes + len > SEND_LIMIT_BYTES) {
                flush();
            }
            if (len <= SEND_LIMIT_BYTES) {
                System.arraycopy(buf, off, filling, filledBytes, len);
                filledBytes += len;
            }
            if (polling || closed) {
                flush(); // The handshake is over: nothing else of a flight follows.
            }
        } finally {
            lock.unlock();
        }
    }

    private void flush() {
        if (filledBytes > 0 && outgoing.size() < MAX_WAITING) {
            outgoing.add(Arrays.copyOf(filling, filledBytes));
            wakeUp.run();
        }
        filledBytes = 0;
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
            flush();
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
