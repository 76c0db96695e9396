package io.copperline.gateway.media;

/**
 * One leg's opinion scores over a whole call.
 *
 * @param mean 0 where nothing was measured
 * @param worst the lowest of all measurements, each of five seconds; 0 likewise
 */
public record OpinionScores(double mean, double worst) {
    public static final OpinionScores NONE = new OpinionScores(0, 0);
}
