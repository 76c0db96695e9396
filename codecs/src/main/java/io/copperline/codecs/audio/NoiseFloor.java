package io.copperline.codecs.audio;

/**
 * How loud the room behind a voice is: as loud as the quietest of its frames of late. The last window counts with the present one, so that
 * a long word hides nothing. Owned by its stream.
 */
public final class NoiseFloor {
    private static final int WINDOW_FRAMES = 75;

    private int frames;
    private int quietest;
    private int quietestBefore;

    /** Takes the level of the next frame, in -dBov; frames without sound say nothing of the room. */
    public void hear(int level) {
        quietest = Math.max(quietest, level);
        if (++frames == WINDOW_FRAMES) {
            quietestBefore = quietest;
            quietest = 0;
            frames = 0;
        }
    }

    /** In -dBov; {@link AudioLevel#SILENCE} where nothing was heard yet. */
    public int level() {
        int level = Math.max(quietest, quietestBefore);
        return level == 0 ? AudioLevel.SILENCE : level;
    }
}
