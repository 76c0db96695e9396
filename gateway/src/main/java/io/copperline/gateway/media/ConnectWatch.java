package io.copperline.gateway.media;

import java.util.concurrent.TimeUnit;

/**
 * Watches how a browser gets through to us, and says what takes too long, once each, and when it has passed.
 *
 * <pre>
 * answered --first check--> reached --nominated--> path --DTLS--> connected
 *     `- 3 s: NO_CHECKS                             `- 2 s: DTLS_SLOW
 * </pre>
 */
final class ConnectWatch {
    private static final long NO_CHECKS_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long DTLS_SLOW_NANOS = TimeUnit.SECONDS.toNanos(2);

    private enum Phase {
        IDLE,
        ANSWERED,
        REACHED,
        PATH,
        CONNECTED
    }

    private final TroubleSink told;
    private Phase phase = Phase.IDLE;
    private long sinceNanos;
    private MediaTrouble current = MediaTrouble.RECOVERED;

    ConnectWatch(TroubleSink told) {
        this.told = told;
    }

    /** The browser has our answer. */
    void answered(long nowNanos) {
        advance(Phase.ANSWERED, nowNanos);
    }

    /** An authentic check has come. */
    void reached(long nowNanos) {
        advance(Phase.REACHED, nowNanos);
    }

    /** The browser has nominated a pair. */
    void pathFound(long nowNanos) {
        advance(Phase.PATH, nowNanos);
    }

    void connected(long nowNanos) {
        advance(Phase.CONNECTED, nowNanos);
    }

    private void advance(Phase next, long nowNanos) {
        if (next.compareTo(phase) > 0) {
            phase = next;
            sinceNanos = nowNanos;
        }
    }

    /** To be called a few times a second. */
    void check(long nowNanos) {
        long waitedNanos = nowNanos - sinceNanos;
        MediaTrouble now = MediaTrouble.RECOVERED;
        if (phase == Phase.ANSWERED && waitedNanos >= NO_CHECKS_NANOS) {
            now = MediaTrouble.NO_CHECKS;
        } else if (phase == Phase.PATH && waitedNanos >= DTLS_SLOW_NANOS) {
            now = MediaTrouble.DTLS_SLOW;
        }
        if (now != current) {
            current = now;
            told.trouble(now, now == MediaTrouble.RECOVERED ? nowNanos : sinceNanos);
        }
    }
}
