package io.copperline.gateway.media;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Rates both legs every 5 s while a call talks, and tells of it when people would notice a difference: the first time, and
 * then at most every 10 s and 500 times in a call, so that whoever hears a call's story later is not drowned in it.
 */
final class QualityWatch {
    static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long SPACING_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int MOST_TOLD = 500;

    /** One leg's next measurement; empty where there is nothing to measure. */
    @FunctionalInterface
    interface Measurement {
        Optional<LegRating> take(LegMeter meter, long nowNanos);
    }

    private final Consumer<MediaQuality> told;
    private final LegMeter browser = new LegMeter();
    private final LegMeter trunk = new LegMeter();
    private boolean talking;
    private long windowStartNanos;
    private MediaQuality current = MediaQuality.UNKNOWN;
    private MediaQuality lastTold = MediaQuality.UNKNOWN;
    private long lastToldNanos;
    private int timesTold;

    QualityWatch(Consumer<MediaQuality> told) {
        this.told = told;
    }

    /** Both sides talk from now on. */
    void begin(long nowNanos) {
        talking = true;
        windowStartNanos = nowNanos;
    }

    /** To be called a few times a second. */
    void check(Measurement ofBrowser, Measurement ofTrunk, long nowNanos) {
        if (!talking || nowNanos - windowStartNanos < WINDOW_NANOS) {
            return;
        }
        windowStartNanos = nowNanos;
        current = new MediaQuality(ofBrowser.take(browser, nowNanos), ofTrunk.take(trunk, nowNanos));
        boolean soon = timesTold > 0 && nowNanos - lastToldNanos < SPACING_NANOS;
        if (!soon && timesTold < MOST_TOLD && current.differsFrom(lastTold)) {
            timesTold++;
            lastTold = current;
            lastToldNanos = nowNanos;
            told.accept(current);
        }
    }

    /** The trunk's waiting room is a new one. */
    void newTrunkRoom() {
        trunk.newRoom();
    }

    MediaQuality current() {
        return current;
    }

    OpinionScores browserScores() {
        return browser.scores();
    }

    OpinionScores trunkScores() {
        return trunk.scores();
    }
}
