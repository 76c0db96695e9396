package io.copperline.codecs.rtp;

import java.util.Arrays;

/**
 * How late packets come behind the fastest ones of the last seconds, and the depth that would have caught nearly all.
 *
 * <pre>
 *   transit  = arrival - timestamp                 (any offset between the two clocks)
 *   base     = least transit of the last 4 to 8 s  (follows drift and changes of route)
 *   delay    = transit - base                      into a histogram of 5 ms steps that forgets in about 5 s
 *   target   = upper edge of the step where 97 % of the histogram's weight is reached
 * </pre>
 */
final class DelayEstimate {
    static final long MAX_TARGET_MICROS = 400_000;

    private static final long STEP_MICROS = 5_000;
    private static final int STEPS = (int) (MAX_TARGET_MICROS / STEP_MICROS);
    private static final double SHARE = 0.97;
    private static final double GROWTH = 1 + 1.0 / 250;
    private static final double RESCALE_ABOVE = 1e9;
    // What comes at once behind a held-up packet tells of the same hold-up.
    private static final double CATCHING_UP_WEIGHT = 0.25;
    private static final long WINDOW_MICROS = 4_000_000;
    private static final long START_TARGET_MICROS = 40_000;
    private static final int START_PACKETS = 25;
    private static final int STEADY_PACKETS = 5;

    private final int clockRateHz;
    private final double[] histogram = new double[STEPS];
    private double weight = 1;
    private double total;
    private int packets;
    private long targetMicros = START_TARGET_MICROS;

    private boolean known;
    private long windowStartMicros;
    private long windowLeast;
    private long olderLeast;
    private long lastDelayMicros;
    private int steadyOutside;

    DelayEstimate(int clockRateHz) {
        this.clockRateHz = clockRateHz;
    }

    /** Takes the arrival of a packet with this extended timestamp. */
    void onPacket(long timestamp, long nowMicros) {
        long transit = transit(timestamp, nowMicros);
        follow(transit, nowMicros);
        long delay = transit - base();
        if (delay < MAX_TARGET_MICROS) {
            count(delay);
            steadyOutside = 0;
        } else if (delay < lastDelayMicros - STEP_MICROS) {
            // An outage that is being caught up with: no jitter that any buffer could hold.
            steadyOutside = 0;
        } else if (++steadyOutside == STEADY_PACKETS) {
            // The sender's clock stood still in a pause, or the route is another one for good.
            rebase();
            follow(transit, nowMicros);
            delay = 0;
        }
        lastDelayMicros = delay;
    }

    /** How far this moment is behind the moment at which the fastest path would have brought this timestamp. */
    long delayMicros(long timestamp, long nowMicros) {
        return transit(timestamp, nowMicros) - base();
    }

    long targetMicros() {
        return packets < START_PACKETS ? Math.max(START_TARGET_MICROS, targetMicros) : targetMicros;
    }

    /** The clocks' offset is another one now; how much the network jitters is still what it was. */
    void rebase() {
        known = false;
        steadyOutside = 0;
        lastDelayMicros = 0;
    }

    void reset() {
        rebase();
        Arrays.fill(histogram, 0);
        weight = 1;
        total = 0;
        packets = 0;
        targetMicros = START_TARGET_MICROS;
    }

    long micros(long timestamp) {
        return timestamp * 1_000_000 / clockRateHz;
    }

    private long transit(long timestamp, long nowMicros) {
        return nowMicros - micros(timestamp);
    }

    private long base() {
        return Math.min(windowLeast, olderLeast);
    }

    private void follow(long transit, long nowMicros) {
        long age = nowMicros - windowStartMicros;
        if (!known || age >= 2 * WINDOW_MICROS) {
            olderLeast = transit;
            windowLeast = transit;
            windowStartMicros = nowMicros;
            known = true;
        } else if (age >= WINDOW_MICROS) {
            olderLeast = windowLeast;
            windowLeast = transit;
            windowStartMicros = nowMicros;
        } else {
            windowLeast = Math.min(windowLeast, transit);
        }
    }

    private void count(long delayMicros) {
        boolean catchingUp = delayMicros < lastDelayMicros - 2 * STEP_MICROS;
        double share = catchingUp ? weight * CATCHING_UP_WEIGHT : weight;
        histogram[(int) (delayMicros / STEP_MICROS)] += share;
        total += share;
        packets = Math.min(packets + 1, START_PACKETS);
        weight *= GROWTH;
        if (weight > RESCALE_ABOVE) {
            rescale();
        }
        targetMicros = percentile();
    }

    private long percentile() {
        double wanted = total * SHARE;
        double sum = 0;
        for (int step = 0; step < STEPS; step++) {
            sum += histogram[step];
            if (sum >= wanted) {
                return (step + 1) * STEP_MICROS;
            }
        }
        return MAX_TARGET_MICROS;
    }

    private void rescale() {
        for (int step = 0; step < STEPS; step++) {
            histogram[step] /= weight;
        }
        total /= weight;
        weight = 1;
    }
}
