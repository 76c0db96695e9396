package io.copperline.codecs.rtp;

/** Whether packets are being lost, by the share of the last few seconds: yes above 1 %, no again below 0.5 %. */
final class LossLevel {
    private static final double MEMORY_FRAMES = 256;
    private static final double LOSSY_ABOVE = 0.01;
    private static final double CLEAN_BELOW = 0.005;

    private double share;
    private boolean lossy;

    void onFrame(boolean lost) {
        share += ((lost ? 1 : 0) - share) / MEMORY_FRAMES;
        if (share > LOSSY_ABOVE) {
            lossy = true;
        } else if (share < CLEAN_BELOW) {
            lossy = false;
        }
    }

    boolean lossy() {
        return lossy;
    }
}
