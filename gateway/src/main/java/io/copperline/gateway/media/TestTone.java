package io.copperline.gateway.media;

import io.copperline.codecs.audio.AudioLevel;
import io.copperline.codecs.audio.Cadence;
import io.copperline.codecs.audio.ToneGenerator;
import io.copperline.codecs.audio.ToneShare;
import java.util.OptionalLong;

/**
 * A tone that is sent to find out whether it comes back, and after how long: the first burst of {@link Cadence#TEST_TONE}. Owned by
 * its {@link TrunkPhone}.
 */
final class TestTone {
    /** Of all the energy of 20 ms, what must be at the tone's frequency: speech and noise stay far below. */
    private static final double MOSTLY = 0.6;
    /** In -dBov; what is weaker is noise of the line. */
    private static final int FAINT = 50;

    private static final double NANOS_PER_MILLI = 1e6;

    private final ToneGenerator generator;
    private final ToneShare share;
    private boolean begun;
    private long beganNanos;
    private OptionalLong backAfterNanos = OptionalLong.empty();

    TestTone(int rateHz) {
        generator = new ToneGenerator(rateHz);
        share = new ToneShare(Cadence.TEST_TONE_HZ, rateHz);
    }

    /** From now on {@link #say} makes the tone; before, it makes silence. */
    void begin(long nowNanos) {
        generator.start(Cadence.TEST_TONE);
        begun = true;
        beganNanos = nowNanos;
    }

    void end() {
        generator.stop();
    }

    /** Overwrites n samples. */
    void say(short[] pcm, int n) {
        generator.fill(pcm, 0, n);
    }

    void hear(short[] pcm, int n, long nowNanos) {
        if (begun && backAfterNanos.isEmpty() && isTone(pcm, n)) {
            backAfterNanos = OptionalLong.of(nowNanos - beganNanos);
        }
    }

    /** From the tone's first sample to where it was heard, our own waiting room included; -1 where it was not. */
    int backAfterMillis() {
        return backAfterNanos.isEmpty() ? -1 : (int) Math.round(backAfterNanos.getAsLong() / NANOS_PER_MILLI);
    }

    private boolean isTone(short[] pcm, int n) {
        return AudioLevel.dBov(pcm, 0, n) <= FAINT && share.exceeds(MOSTLY, pcm, n);
    }
}
