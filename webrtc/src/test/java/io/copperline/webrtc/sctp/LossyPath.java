package io.copperline.webrtc.sctp;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** A seeded path between two ends, and time that jumps from one event to the next. */
public final class LossyPath {
    /**
     * What the path does to packets; chances from 0 to 1.
     *
     * @param burstMillis for how long everything is lost once something is
     * @param bitsPerSecond how fast it is; 0 for without limit. What waits longer than 200 ms is dropped
     */
    public record Weather(
            double loss, int burstMillis, double duplication, int delayMillis, int jitterMillis, long bitsPerSecond) {
        public static final Weather FAIR = new Weather(0, 0, 0, 10, 0, 0);

        public static Weather losing(double loss) {
            return new Weather(loss, 0, 0, 10, 0, 0);
        }
    }

    /** One of the two ends. */
    public interface End {
        void onPacket(byte[] buf, int off, int len, long nowNanos);

        void onTime(long nowNanos);

        long nextDeadline();
    }

    private record Flying(long arrivesNanos, long order, byte[] bytes, boolean toLeft) {}

    private static final long NEVER = Long.MAX_VALUE;
    private static final long QUEUE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final PriorityQueue<Flying> flying =
            new PriorityQueue<>(Comparator.comparingLong(Flying::arrivesNanos).thenComparingLong(Flying::order));
    private final Random random;
    private final long[] losesUntilNanos = new long[2];
    private final long[] freeNanos = new long[2];
    private Weather weather;
    private End left;
    private End right;
    private long order;

    /** Far from 0, as a real monotonic clock is. */
    public long nowNanos = 123_456_789_000L;

    public int sent;
    public int lost;
    /** Packets that go through; given the packet without the path's own losses. */
    public Predicate<byte[]> passes = packet -> true;

    public LossyPath(long seed, Weather weather) {
        random = new Random(seed);
        this.weather = weather;
    }

    public void ends(End first, End second) {
        left = first;
        right = second;
    }

    public void weather(Weather next) {
        weather = next;
    }

    public void send(End from, byte[] buf, int off, int len) {
        int way = from.equals(left) ? 0 : 1;
        sent++;
        byte[] bytes = Arrays.copyOfRange(buf, off, off + len);
        long starts = Math.max(nowNanos, freeNanos[way]);
        if (!passes.test(bytes) || loses(way) || starts - nowNanos > QUEUE_NANOS) {
            lost++;
            return;
        }
        long onWire = weather.bitsPerSecond == 0 ? 0 : len * 8_000_000_000L / weather.bitsPerSecond;
        freeNanos[way] = starts + onWire;
        int copies = random.nextDouble() < weather.duplication ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            long jitter = weather.jitterMillis == 0 ? 0 : random.nextLong(weather.jitterMillis * 1_000_000L);
            long arrives = starts + onWire + weather.delayMillis * 1_000_000L + jitter;
            flying.add(new Flying(arrives, order++, bytes, way == 1));
        }
    }

    private boolean loses(int way) {
        if (nowNanos - losesUntilNanos[way] < 0) {
            return true;
        }
        boolean loses = random.nextDouble() < weather.loss;
        if (loses) {
            losesUntilNanos[way] = nowNanos + weather.burstMillis * 1_000_000L;
        }
        return loses;
    }

    /** Runs for so long. */
    public void run(long millis) {
        runUntil(() -> false, millis);
    }

    /** Runs until it holds; false where that takes longer. */
    public boolean runUntil(BooleanSupplier holds, long millis) {
        long end = nowNanos + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!holds.getAsBoolean()) {
            long next = Math.min(left.nextDeadline(), right.nextDeadline());
            next = flying.isEmpty() ? next : Math.min(next, flying.peek().arrivesNanos);
            if (next == NEVER || next > end) {
                nowNanos = end;
                return false;
            }
            nowNanos = Math.max(nowNanos, next);
            step();
        }
        return true;
    }

    private void step() {
        if (!flying.isEmpty() && flying.peek().arrivesNanos <= nowNanos) {
            Flying packet = flying.poll();
            End to = packet.toLeft ? left : right;
            to.onPacket(packet.bytes.clone(), 0, packet.bytes.length, nowNanos);
            return;
        }
        if (left.nextDeadline() <= nowNanos) {
            left.onTime(nowNanos);
        }
        if (right.nextDeadline() <= nowNanos) {
            right.onTime(nowNanos);
        }
    }
}
