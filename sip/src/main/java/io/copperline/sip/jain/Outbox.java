package io.copperline.sip.jain;

import io.copperline.sip.SerialExecutor;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Where messages are sent: in order for each Call-ID, off the caller's thread, since a connect or a host name may block. */
final class Outbox {
    private static final int LANES = 256;

    private final SerialExecutor[] lanes =
            IntStream.range(0, LANES).mapToObj(i -> new SerialExecutor()).toArray(SerialExecutor[]::new);

    Executor lane(String callId) {
        return lanes[Math.floorMod(callId.hashCode(), LANES)];
    }

    /** Waits until all is sent, or this long. */
    void flush(Duration atMost) {
        long stepNanos = Duration.ofMillis(5).toNanos();
        for (long left = atMost.toNanos(); left > 0 && !isIdle(); left -= stepNanos) {
            LockSupport.parkNanos(stepNanos);
        }
    }

    private boolean isIdle() {
        for (SerialExecutor lane : lanes) {
            if (!lane.isIdle()) {
                return false;
            }
        }
        return true;
    }
}
