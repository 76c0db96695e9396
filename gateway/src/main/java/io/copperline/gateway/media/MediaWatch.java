package io.copperline.gateway.media;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Watches one leg's audio and says what is wrong with it, once, and when it is right again.
 *
 * <pre>
 * nothing for 3 s ............................ NO_AUDIO
 * packets, and silence for 10 s .............. SILENCE
 * more than 5 % lost in the last 5 s ......... LOSSY
 * none of these any more ..................... RECOVERED
 * </pre>
 */
final class MediaWatch {
    private static final long NO_AUDIO_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LOSS_WINDOW_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int LOSS_PERCENT = 5;
    private static final int LEAST_PACKETS = 50;
    /** RFC 6464: the level of digital silence is 127; G.711 idles a little above. */
    private static final int SILENT_LEVEL = 80;

    private final Consumer<MediaTrouble> told;
    private boolean expecting;
    private long lastPacketNanos;
    private long lastSoundNanos;
    private long windowStartNanos;
    private long windowReceived;
    private long windowLost;
    private boolean lossy;
    private MediaTrouble current = MediaTrouble.RECOVERED;

    MediaWatch(Consumer<MediaTrouble> told) {
        this.told = told;
    }

    /** Whether audio is due on this leg: connected, answered, not on hold. */
    void expecting(boolean now, long nowNanos) {
        if (now && !expecting) {
            lastPacketNanos = nowNanos;
            lastSoundNanos = nowNanos;
        }
        expecting = now;
    }

    boolean expecting() {
        return expecting;
    }

    void packet(long nowNanos) {
        lastPacketNanos = nowNanos;
    }

    /** The level of the last 20 ms. */
    void level(int minusDbov, long nowNanos) {
        if (minusDbov < SILENT_LEVEL) {
            lastSoundNanos = nowNanos;
        }
    }

    /** How long nothing has come, while something should. */
    long silentNanos(long nowNanos) {
        return expecting ? nowNanos - lastPacketNanos : 0;
    }

    /** Looks at it all; to be called a few times a second. */
    void check(long received, long lost, long nowNanos) {
        countLoss(received, lost, nowNanos);
        MediaTrouble now = MediaTrouble.RECOVERED;
        if (expecting && nowNanos - lastPacketNanos >= NO_AUDIO_NANOS) {
            now = MediaTrouble.NO_AUDIO;
        } else if (expecting && lossy) {
            now = MediaTrouble.LOSSY;
        } else if (expecting && nowNanos - lastSoundNanos >= SILENCE_NANOS) {
            now = MediaTrouble.SILENCE;
        }
        if (now != current) {
            current = now;
            told.accept(now);
        }
    }

    private void countLoss(long received, long lost, long nowNanos) {
        if (nowNanos - windowStartNanos < LOSS_WINDOW_NANOS) {
            return;
        }
        long newReceived = received - windowReceived;
        long newLost = lost - windowLost;
        long expected = newReceived + newLost;
        lossy = expected >= LEAST_PACKETS && newLost * 100 > expected * LOSS_PERCENT;
        windowStartNanos = nowNanos;
        windowReceived = received;
        windowLost = lost;
    }
}
