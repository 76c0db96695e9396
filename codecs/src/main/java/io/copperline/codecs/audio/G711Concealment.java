package io.copperline.codecs.audio;

import java.util.Arrays;

/**
 * Packet loss concealment of ITU-T G.711 Appendix I, in frames of 10 ms: at 8 kHz, or with all its lengths doubled at 16 kHz.
 * Owned by its direction.
 *
 * <pre>
 *   lost      what is played
 *   0-10 ms   the last pitch period again and again
 *   10-20     the last two, 20 % softer at the end          joined with the tail of the one before
 *   20-30     the last three, softer still                  likewise
 *   30-60     the same, softer by 20 % each 10 ms
 *   60-       silence
 *   return    the signal fades in over 1/4 period, 4 ms more for each 10 ms lost, at most 10 ms
 * </pre>
 *
 * <p>What is received comes out 3.75 ms (30 samples at 8 kHz) later, so that its end can still be joined with what replaces a lost
 * frame (section I.2.3).
 */
public final class G711Concealment {
    private static final int PERIODS = 3;
    private static final int SILENT_AFTER_FRAMES = 6;
    private static final float ATTENUATION = 0.2f;

    private final PitchSearch search;
    private final int delaySamples;
    private final int frame;
    private final int overlapGrowth;
    private final short[] history;
    private final float[] periods;
    private final float[] lastQuarter;
    private final short[] tail;

    private int lostFrames;
    private int pitch;
    private int overlap;
    private int repeated;
    private int at;

    /** @param rateHz of the sound: 8000 or 16000 */
    public G711Concealment(int rateHz) {
        int factor = rateHz / 8_000;
        search = new PitchSearch(factor);
        delaySamples = 30 * factor;
        frame = 80 * factor;
        overlapGrowth = 32 * factor;
        history = new short[3 * search.maxPitch() + delaySamples];
        periods = new float[history.length];
        lastQuarter = new float[delaySamples];
        tail = new short[frame];
    }

    /** By how much the received signal is delayed. */
    public int delaySamples() {
        return delaySamples;
    }

    /**
     * Takes received sound and delays it, in place; after a loss its beginning is faded in.
     *
     * @param n any number of samples, multiples of 10 ms as packets have them
     */
    public void received(short[] pcm, int off, int n) {
        for (int done = 0; done < n; done += frame) {
            int chunk = Math.min(frame, n - done);
            if (lostFrames > 0) {
                fadeIn(pcm, off + done, chunk);
            }
            save(pcm, off + done, chunk);
        }
    }

    /** Writes n samples in place of lost ones. */
    public void conceal(short[] pcm, int off, int n) {
        for (int done = 0; done < n; done += frame) {
            int chunk = Math.min(frame, n - done);
            replace(pcm, off + done, chunk);
            lostFrames++;
            save(pcm, off + done, chunk);
        }
    }

    private void replace(short[] out, int off, int n) {
        if (lostFrames == 0) {
            begin();
            repeat(out, off, n);
        } else if (lostFrames < PERIODS) {
            addPeriod(out, off, n);
            soften(out, off, n);
        } else if (lostFrames < SILENT_AFTER_FRAMES) {
            repeat(out, off, n);
            soften(out, off, n);
        } else {
            Arrays.fill(out, off, off + n, (short) 0);
        }
    }

    /** Finds the pitch and joins the end of the signal with the beginning of its last period. */
    private void begin() {
        for (int i = 0; i < history.length; i++) {
            periods[i] = history[i];
        }
        pitch = search.pitch(periods, periods.length);
        overlap = pitch >> 2;
        System.arraycopy(periods, history.length - overlap, lastQuarter, 0, overlap);
        at = 0;
        repeated = pitch;
        joinEnd();
        for (int i = history.length - overlap; i < history.length; i++) {
            history[i] = rounded(periods[i]);
        }
    }

    /** One period more is repeated from now on, so that the ear hears no buzz; old and new are joined. */
    private void addPeriod(short[] out, int off, int n) {
        int from = at;
        int joined = Math.min(overlap, n);
        repeat(tail, 0, joined);
        at = from;
        while (at > pitch) {
            at -= pitch;
        }
        repeated += pitch;
        joinEnd();
        repeat(out, off, n);
        for (int i = 0; i < joined; i++) {
            float right = (i + 1f) / joined;
            out[off + i] = rounded((1 - right) * tail[i] + right * out[off + i]);
        }
    }

    private void joinEnd() {
        int left = history.length - repeated - overlap;
        for (int i = 0; i < overlap; i++) {
            float right = (i + 1f) / overlap;
            periods[history.length - overlap + i] = (1 - right) * lastQuarter[i] + right * periods[left + i];
        }
    }

    private void repeat(short[] out, int off, int n) {
        for (int i = 0; i < n; i++) {
            out[off + i] = rounded(periods[history.length - repeated + at]);
            if (++at == repeated) {
                at = 0;
            }
        }
    }

    private void soften(short[] out, int off, int n) {
        float gain = gain();
        for (int i = 0; i < n; i++) {
            out[off + i] = (short) (out[off + i] * gain);
            gain -= ATTENUATION / frame;
        }
    }

    /** The gain at the start of the frame after those that are lost. */
    private float gain() {
        return Math.max(0, 1 - (lostFrames - 1) * ATTENUATION);
    }

    private void fadeIn(short[] pcm, int off, int n) {
        // Longer erasures need longer overlaps.
        int length = Math.min(n, overlap + (lostFrames - 1) * overlapGrowth);
        repeat(tail, 0, length);
        float gain = gain();
        for (int i = 0; i < length; i++) {
            float right = (i + 1f) / length;
            pcm[off + i] = rounded((1 - right) * gain * tail[i] + right * pcm[off + i]);
        }
        lostFrames = 0;
    }

    private void save(short[] pcm, int off, int n) {
        System.arraycopy(history, n, history, 0, history.length - n);
        System.arraycopy(pcm, off, history, history.length - n, n);
        System.arraycopy(history, history.length - n - delaySamples, pcm, off, n);
    }

    private static short rounded(float sample) {
        return (short) Math.clamp(Math.round(sample), Short.MIN_VALUE, Short.MAX_VALUE);
    }
}
