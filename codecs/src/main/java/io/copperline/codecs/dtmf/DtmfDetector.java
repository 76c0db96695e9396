package io.copperline.codecs.dtmf;

/**
 * Hears digits in sound (ITU-T Q.23, Q.24). Owned by its stream.
 *
 * <pre>
 *   12.75 ms of sound --> eight frequencies (Goertzel) --> two strong ones that hold nearly all its power?
 *   the same two in the next 12.75 ms, each at its frequency and as loud as before .... a key is down
 *   three blocks without them ......................................................... it is up
 * </pre>
 *
 * <p>A tone of 40 ms fills two blocks whatever its beginning, and a pause of 40 ms leaves three without; what a jitter buffer puts in the
 * middle of a tone, 20 ms, leaves two at most; a tone of less than
 * 18 ms cannot fill two. The frequency is measured by how far the phase has come from one block to the next, so that speech,
 * whose pitch glides, is told apart from tones that do not.
 */
public final class DtmfDetector {
    private static final int LOWS = 4;
    private static final int TONES = 8;
    private static final double[] HZ = {697, 770, 852, 941, 1209, 1336, 1477, 1633};
    private static final int[] EVENTS = {1, 2, 3, 12, 4, 5, 6, 13, 7, 8, 9, 14, 10, 0, 11, 15};
    private static final int NONE = -1;
    private static final int MISSES_OF_A_PAUSE = 3;

    private static final int BLOCK_MICROS = 12_750;
    /** Q.24 annex A: at most 1.8 % and at least 1.5 % off are digits, more than 3.5 % are not. */
    private static final double OFF_SHARE = 0.02;

    private static final double OFF_HZ = 3;
    /** Of the block's power, both tones together; a tone at the limit of its frequency leaks a third of it. */
    private static final double LEAST_SHARE = 0.7;
    /** Against the strongest other of its group. */
    private static final double GROUP_RATIO = 4;
    /**
     * Q.24 annex A: 8 dB where the line damps the high tone, 4 dB where the phone raises it; and some more, as the one tone leaks
     * into the other.
     */
    private static final double HIGH_WEAKER = power(11);

    private static final double HIGH_STRONGER = power(6);
    /** The weaker tone: -38 dBm0, where -29 is the least that exchanges must hear. */
    private static final double LEAST_PEAK = Short.MAX_VALUE * Math.pow(10, (-38 - 3.14) / 20);
    /** How much a tone may change from one block to the next. */
    private static final double STEADY = power(6);

    private final int blockSamples;
    private final double leastPower;
    private final double hopSeconds;
    private final double[] cosine = new double[TONES];
    private final double[] sine = new double[TONES];
    private final double[] coefficient = new double[TONES];
    private final double[] first = new double[TONES];
    private final double[] second = new double[TONES];
    private final double[] power = new double[TONES];
    private final double[] phase = new double[TONES];
    private final double[] powerBefore = new double[TONES];
    private final double[] phaseBefore = new double[TONES];

    private double energy;
    private int gathered;
    private int candidate = NONE;
    private int pressed = NONE;
    private int blocks;
    private int misses;

    /** @param rateHz of the sound: 8000 or 16000 */
    public DtmfDetector(int rateHz) {
        blockSamples = (int) ((long) rateHz * BLOCK_MICROS / 1_000_000);
        hopSeconds = (double) blockSamples / rateHz;
        leastPower = LEAST_PEAK * LEAST_PEAK * blockSamples * blockSamples / 4;
        for (int i = 0; i < TONES; i++) {
            double step = 2 * Math.PI * HZ[i] / rateHz;
            cosine[i] = Math.cos(step);
            sine[i] = Math.sin(step);
            coefficient[i] = 2 * cosine[i];
        }
    }

    /** Takes the next samples; the sink hears of a key once it is sure, and of its length once it is up. */
    public void onSamples(short[] pcm, int off, int count, long nowNanos, TelephoneEventReader.Sink sink) {
        int at = off;
        while (at < off + count) {
            int run = Math.min(off + count - at, blockSamples - gathered);
            filter(pcm, at, run);
            at += run;
            gathered += run;
            if (gathered == blockSamples) {
                onBlock(nowNanos, sink);
            }
        }
    }

    /** The sound ends here: a key that is down comes up. */
    public void reset(TelephoneEventReader.Sink sink) {
        if (pressed != NONE) {
            release(sink);
        }
        candidate = NONE;
        clear();
    }

    private void filter(short[] pcm, int off, int count) {
        for (int i = off; i < off + count; i++) {
            double sample = pcm[i];
            energy += sample * sample;
            for (int t = 0; t < TONES; t++) {
                double next = sample + coefficient[t] * first[t] - second[t];
                second[t] = first[t];
                first[t] = next;
            }
        }
    }

    private void onBlock(long nowNanos, TelephoneEventReader.Sink sink) {
        measure();
        int found = loud();
        boolean sure = found != NONE && found == candidate && steady(found);
        if (pressed == NONE) {
            if (sure) {
                pressed = found;
                blocks = 2;
                misses = 0;
                sink.started(EVENTS[found], nowNanos);
            }
        } else if (found == pressed) {
            blocks += misses + 1;
            misses = 0;
        } else if (++misses == MISSES_OF_A_PAUSE) {
            release(sink);
        }
        candidate = found;
        System.arraycopy(power, 0, powerBefore, 0, TONES);
        System.arraycopy(phase, 0, phaseBefore, 0, TONES);
        clear();
    }

    private void release(TelephoneEventReader.Sink sink) {
        sink.ended(EVENTS[pressed], (int) ((long) blocks * BLOCK_MICROS / 1_000));
        pressed = NONE;
    }

    private void clear() {
        for (int t = 0; t < TONES; t++) {
            first[t] = 0;
            second[t] = 0;
        }
        energy = 0;
        gathered = 0;
    }

    private void measure() {
        for (int t = 0; t < TONES; t++) {
            double re = first[t] - second[t] * cosine[t];
            double im = second[t] * sine[t];
            power[t] = re * re + im * im;
            phase[t] = Math.atan2(im, re);
        }
    }

    /** The key whose two tones are this block's sound, or {@link #NONE}. */
    private int loud() {
        int low = strongest(0, LOWS);
        int high = strongest(LOWS, TONES);
        double weaker = Math.min(power[low], power[high]);
        // A sine with the peak a has a power of a^2 n^2 / 4 here, and an energy of a^2 n / 2.
        double share = 2 * (power[low] + power[high]) / blockSamples;
        boolean twisted = power[high] * HIGH_WEAKER < power[low] || power[low] * HIGH_STRONGER < power[high];
        if (weaker < leastPower || twisted || share < LEAST_SHARE * energy || !alone(0, low) || !alone(LOWS, high)) {
            return NONE;
        }
        return low * LOWS + high - LOWS;
    }

    private int strongest(int from, int to) {
        int best = from;
        for (int t = from + 1; t < to; t++) {
            best = power[t] > power[best] ? t : best;
        }
        return best;
    }

    private boolean alone(int from, int tone) {
        for (int t = from; t < from + LOWS; t++) {
            if (t != tone && power[t] * GROUP_RATIO > power[tone]) {
                return false;
            }
        }
        return true;
    }

    private boolean steady(int key) {
        return steadyTone(key / LOWS) && steadyTone(LOWS + key % LOWS);
    }

    private boolean steadyTone(int tone) {
        double more = Math.max(power[tone], powerBefore[tone]);
        double less = Math.min(power[tone], powerBefore[tone]);
        // The filter begins each block anew: its phase is that of the tone at the block's end.
        double turned = phase[tone] - phaseBefore[tone] - 2 * Math.PI * HZ[tone] * hopSeconds;
        double offHz = Math.IEEEremainder(turned, 2 * Math.PI) / (2 * Math.PI * hopSeconds);
        return more <= less * STEADY && Math.abs(offHz) <= HZ[tone] * OFF_SHARE + OFF_HZ;
    }

    private static double power(int decibels) {
        return Math.pow(10, decibels / 10.0);
    }
}
