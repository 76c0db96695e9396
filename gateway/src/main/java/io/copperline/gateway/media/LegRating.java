package io.copperline.gateway.media;

/**
 * How one leg sounded in the last seconds, as if the other were perfect.
 *
 * @param mos 1 to 4.5 by the E-model (ITU-T G.107), of the worse of its two directions
 * @param lossPercent of what it sends us: missing when its time came, and not recovered
 * @param sentLossPercent of what we send it, by its own reports; -1 where it sends none
 * @param jitterMillis of what it sends us (RFC 3550 A.8)
 * @param roundTripMillis -1 where it is not known
 * @param delayMillis from its microphone until we send it on: half the round trip, one packet, the codec, our waiting room
 */
public record LegRating(
        double mos,
        double lossPercent,
        double sentLossPercent,
        int jitterMillis,
        int roundTripMillis,
        int delayMillis) {}
