package io.copperline.gateway.media;

/**
 * The figures of a call's audio.
 *
 * @param codec the trunk's; empty where none was agreed on
 */
public record MediaReport(
        Leg browser, Leg trunk, String codec, OpinionScores browserScores, OpinionScores trunkScores) {
    public static final MediaReport NOTHING =
            new MediaReport(Leg.NOTHING, Leg.NOTHING, "", OpinionScores.NONE, OpinionScores.NONE);

    /**
     * One leg's figures.
     *
     * @param packetsLost of those sent to us
     * @param roundTripMillis -1 where it is not known
     */
    public record Leg(long packetsSent, long packetsReceived, long packetsLost, int jitterMillis, int roundTripMillis) {
        public static final Leg NOTHING = new Leg(0, 0, 0, 0, -1);
    }
}
