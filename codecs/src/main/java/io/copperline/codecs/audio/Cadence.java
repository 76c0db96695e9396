package io.copperline.codecs.audio;

import java.util.Locale;

/**
 * A call progress tone: up to three frequencies at once, on and off in turns for ever (ITU-T E.180 supplement 2).
 * {@code levelDbm0} is of each frequency.
 */
public final class Cadence {
    private static final int RINGBACK_LEVEL_DBM0 = -19;
    private static final int BUSY_LEVEL_DBM0 = -24;

    public static final Cadence US_RINGBACK = new Cadence(RINGBACK_LEVEL_DBM0, tones(440, 480), 2000, 4000);
    public static final Cadence UK_RINGBACK = new Cadence(RINGBACK_LEVEL_DBM0, tones(400, 450), 400, 200, 400, 2000);
    public static final Cadence AU_RINGBACK =
            new Cadence(RINGBACK_LEVEL_DBM0, tones(400, 425, 450), 400, 200, 400, 2000);
    public static final Cadence FR_RINGBACK = new Cadence(RINGBACK_LEVEL_DBM0, tones(440), 1500, 3500);
    /** 400 Hz modulated by 16 Hz, as three frequencies. */
    public static final Cadence JP_RINGBACK = new Cadence(RINGBACK_LEVEL_DBM0, tones(384, 400, 416), 1000, 2000);
    /** What most of Europe has (ETSI TR 101 041-2). */
    public static final Cadence ETSI_RINGBACK = new Cadence(RINGBACK_LEVEL_DBM0, tones(425), 1000, 4000);

    public static final Cadence US_BUSY = new Cadence(BUSY_LEVEL_DBM0, tones(480, 620), 500, 500);
    public static final Cadence ETSI_BUSY = new Cadence(BUSY_LEVEL_DBM0, tones(425), 500, 500);

    /** The frequency at which lines are measured (ITU-T O.6). */
    public static final int TEST_TONE_HZ = 1_020;

    /** A tone to measure a line with, at the level that ITU-T O.6 has for lines in service. */
    public static final Cadence TEST_TONE = new Cadence(-10, tones(TEST_TONE_HZ), 1000, 1000);

    private final int levelDbm0;
    private final int[] frequenciesHz;
    private final int[] onOffMillis;

    private Cadence(int levelDbm0, int[] frequenciesHz, int... onOffMillis) {
        this.levelDbm0 = levelDbm0;
        this.frequenciesHz = frequenciesHz;
        this.onOffMillis = onOffMillis;
    }

    /** The ringback tone of a country by its ISO 3166 code; Europe's for all that are not known. */
    public static Cadence ringback(String country) {
        return switch (country.toUpperCase(Locale.ROOT)) {
            case "US", "CA", "PR" -> US_RINGBACK;
            case "GB", "IE", "NZ", "SG", "HK", "IN" -> UK_RINGBACK;
            case "AU" -> AU_RINGBACK;
            case "FR" -> FR_RINGBACK;
            case "JP" -> JP_RINGBACK;
            default -> ETSI_RINGBACK;
        };
    }

    int levelDbm0() {
        return levelDbm0;
    }

    int frequencies() {
        return frequenciesHz.length;
    }

    int frequencyHz(int index) {
        return frequenciesHz[index];
    }

    int steps() {
        return onOffMillis.length;
    }

    /** Even steps sound, odd ones are silent. */
    int stepMillis(int index) {
        return onOffMillis[index];
    }

    private static int[] tones(int... frequenciesHz) {
        return frequenciesHz;
    }
}
