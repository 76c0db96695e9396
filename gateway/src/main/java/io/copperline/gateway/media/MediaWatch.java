package io.copperline.gateway.media;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Watches one leg's audio and says what is wrong with it, once, and when it is right again.
 *
 * <pre>
 * nothing for 3 s ............................ NO_AUDIO
 * its reports say that ours does not arrive .. NOT_HEARD
 * more than 5 % lost in the last 5 s ......... LOSSY
 * packets, and silence for 10 s .............. SILENCE
 * none of these any more ..................... RECOVERED
 * </pre>
 */
final class MediaWatch {
    private static final long NO_AUDIO_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LOSS_WINDOW_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int LOSS_PERCENT = 5;
    private static final int LEAST_PACKETS = 50;
    /** What a microphone that is on never is, in -dBov; digital silence is 127 (RFC 6464). */
    private static final int SILENT_MICROPHONE = 80;
    /** A-law's idle level: it has nothing quieter. */
    static final int SILENT_PHONE = 72;

    private final TroubleSink told;
    private final int silentLevel;
    private boolean expecting;
    private long lastPacketNanos;
    private long lastSoundNanos;
    private OptionalLong deafSinceNanos = OptionalLong.empty();
    private long windowStartNanos;
    private long windowReceived;
    private long windowLost;
    private boolean lossy;
    private long lossySinceNanos;
    private MediaTrouble current = MediaTrouble.RECOVERED;

    private MediaWatch(TroubleSink told, int silentLevel) {
        this.told = told;
        this.silentLevel = silentLevel;
    }

    static MediaWatch ofBrowser(TroubleSink told) {
        return new MediaWatch(told, SILENT_MICROPHONE);
    }

    static MediaWatch ofTrunk(TroubleSink told) {
        return new MediaWatch(told, SILENT_PHONE);
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

    /** The level of the last 20 ms: as the sender says (RFC 6464), or as it was decoded. */
    void level(int minusDbov, long nowNanos) {
        if (minusDbov < silentLevel) {
            lastSoundNanos = nowNanos;
        }
    }

    /** Since when the other end hears nothing of ours, where its reports say so. */
    void deafSince(OptionalLong sinceNanos) {
        deafSinceNanos = sinceNanos;
    }

    /** How long nothing has come, while something should. */
    long silentNanos(long nowNanos) {
        return expecting ? nowNanos - lastPacketNanos : 0;
    }

    /** Looks at it all; to be called a few times a second. */
    void check(long received, long lost, long nowNanos) {
        countLoss(received, lost, nowNanos);
        MediaTrouble now = MediaTrouble.RECOVERED;
        long sinceNanos = nowNanos;
        if (expecting && nowNanos - lastPacketNanos >= NO_AUDIO_NANOS) {
            now = MediaTrouble.NO_AUDIO;
            sinceNanos = lastPacketNanos;
        } else if (expecting && deafSinceNanos.isPresent()) {
            now = MediaTrouble.NOT_HEARD;
            sinceNanos = deafSinceNanos.getAsLong();
        } else if (expecting && lossy) {
            now = MediaTrouble.LOSSY;
            sinceNanos = lossySinceNanos;
        } else if (expecting && nowNanos - lastSoundNanos >= SILENCE_NANOS) {
            now = MediaTrouble.SILENCE;
            sinceNanos = lastSoundNanos;
        }
        if (now != current) {
            current = now;
            told.trouble(now, sinceNanos);
        }
    }

    private void countLoss(long received, long lost, long nowNanos) {
        if (nowNanos - windowStartNanos < LOSS_WINDOW_NANOS) {
            return;
        }
        long newReceived = received - windowReceived;
        long newLost = lost - windowLost;
        long expected = newReceived + newLost;
        boolean was = lossy;
        lossy = expected >= LEAST_PACKETS && newLost * 100 > expected * LOSS_PERCENT;
        lossySinceNanos = was ? lossySinceNanos : windowStartNanos;
        windowStartNanos = nowNanos;
        windowReceived = received;
        windowLost = lost;
    }
}
