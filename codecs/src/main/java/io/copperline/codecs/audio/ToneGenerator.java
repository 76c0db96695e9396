package io.copperline.codecs.audio;

import io.copperline.codecs.dtmf.TelephoneEvent;
import java.util.Arrays;

/**
 * Makes tones: the cadence of a ringing or busy phone, or digits for a trunk that takes them in the audio. Each burst is
 * ramped over 2 ms, so that nothing clicks. Owned by its stream.
 */
public final class ToneGenerator {
    private static final int MAX_FREQUENCIES = 3;
    private static final int RAMP_MILLIS = 2;
    // The greatest sine of G.711 has 3.14 dBm0.
    private static final double OVERLOAD_DBM0 = 3.14;
    // ITU-T Q.23; the high group 2 dB stronger, as lines damp it more (Q.24, ETSI ES 201 235-2).
    private static final int[] LOW_HZ = {697, 770, 852, 941};
    private static final int[] HIGH_HZ = {1209, 1336, 1477, 1633};
    private static final int LOW_DBM0 = -9;
    private static final int HIGH_DBM0 = -7;
    private static final String KEYS = "123A456B789C*0#D";

    private final int sampleRateHz;
    private final int rampSamples;
    private final double[] phase = new double[MAX_FREQUENCIES];
    private final double[] phaseStep = new double[MAX_FREQUENCIES];
    private final double[] amplitude = new double[MAX_FREQUENCIES];
    private final int[] stepSamples = new int[8];

    private int frequencies;
    private int steps;
    private boolean repeats;
    private int step;
    private int sampleInStep;

    /** @param sampleRateHz of the sound that it makes */
    public ToneGenerator(int sampleRateHz) {
        this.sampleRateHz = sampleRateHz;
        this.rampSamples = sampleRateHz / 1000 * RAMP_MILLIS;
    }

    /** Begins a cadence, at its first burst; it goes on until something else is begun or {@link #stop}. */
    public void start(Cadence cadence) {
        begin(true);
        for (int i = 0; i < cadence.frequencies(); i++) {
            add(cadence.frequencyHz(i), cadence.levelDbm0());
        }
        for (int i = 0; i < cadence.steps(); i++) {
            stepSamples[steps++] = sampleRateHz / 1000 * cadence.stepMillis(i);
        }
    }

    /** Begins one digit, an event of 0 to 15; silence follows it. */
    public void start(int event, int durationMillis) {
        int key = KEYS.indexOf(TelephoneEvent.digit(event));
        begin(false);
        add(LOW_HZ[key / 4], LOW_DBM0);
        add(HIGH_HZ[key % 4], HIGH_DBM0);
        stepSamples[steps++] = sampleRateHz / 1000 * durationMillis;
    }

    /** Silence from now on. */
    public void stop() {
        begin(false);
    }

    /** Whether there is anything to hear, now or later. */
    public boolean active() {
        return step < steps;
    }

    /** Overwrites n samples. */
    public void fill(short[] pcm, int off, int n) {
        int done = 0;
        while (done < n) {
            if (!active()) {
                Arrays.fill(pcm, off + done, off + n, (short) 0);
                return;
            }
            int run = Math.min(n - done, stepSamples[step] - sampleInStep);
            if (step % 2 == 0) {
                sound(pcm, off + done, run);
            } else {
                Arrays.fill(pcm, off + done, off + done + run, (short) 0);
            }
            done += run;
            advance(run);
        }
    }

    private void begin(boolean repeating) {
        frequencies = 0;
        steps = 0;
        step = 0;
        sampleInStep = 0;
        repeats = repeating;
    }

    private void add(int frequencyHz, int levelDbm0) {
        phase[frequencies] = 0;
        phaseStep[frequencies] = 2 * Math.PI * frequencyHz / sampleRateHz;
        amplitude[frequencies] = Short.MAX_VALUE * Math.pow(10, (levelDbm0 - OVERLOAD_DBM0) / 20);
        frequencies++;
    }

    private void advance(int samples) {
        sampleInStep += samples;
        if (sampleInStep == stepSamples[step]) {
            sampleInStep = 0;
            step++;
            if (repeats && step == steps) {
                step = 0;
            }
        }
    }

    private void sound(short[] pcm, int off, int n) {
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int f = 0; f < frequencies; f++) {
                sum += amplitude[f] * Math.sin(phase[f]);
                phase[f] += phaseStep[f];
                if (phase[f] > 2 * Math.PI) {
                    phase[f] -= 2 * Math.PI;
                }
            }
            pcm[off + i] = (short) Math.round(sum * ramp(sampleInStep + i));
        }
    }

    private double ramp(int sample) {
        int edge = Math.min(sample + 1, stepSamples[step] - sample);
        return edge >= rampSamples ? 1 : (double) edge / rampSamples;
    }
}
