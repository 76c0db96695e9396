package io.copperline.gateway.carrier;

/**
 * What a call has heard so far.
 *
 * @param packets of audio and digits that came
 * @param soundMillis how much of it was no silence
 * @param toneMillis how much was the carrier's own tone: whoever was called has sent it back
 * @param digits in their order, whatever way they came
 */
public record Heard(long packets, long soundMillis, long toneMillis, String digits) {
    /** Beyond that, digits are no longer kept. */
    static final int MOST_DIGITS = 256;

    static final Heard NOTHING = new Heard(0, 0, 0, "");

    Heard packet(int sound, int tone) {
        return new Heard(packets + 1, soundMillis + sound, toneMillis + tone, digits);
    }

    Heard digit(char digit) {
        return digits.length() < MOST_DIGITS ? new Heard(packets, soundMillis, toneMillis, digits + digit) : this;
    }
}
