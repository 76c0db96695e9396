package io.copperline.codecs.dtmf;

/**
 * The digits of RFC 4733 section 3.2 and the layout of their payload.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |     event     |E|R| volume    |          duration             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class TelephoneEvent {
    /** The size of one event report. */
    public static final int PAYLOAD_BYTES = 4;
    /** The longest duration one report can hold, in clock units. */
    public static final int MAX_DURATION = 0xFFFF;

    private static final String DIGITS = "0123456789*#ABCD";
    private static final int END_BIT = 0x80;
    // RFC 4733 section 2.3.4: power below 0 dBm0; -10 is what telephones use.
    private static final int VOLUME = 10;

    private TelephoneEvent() {}

    /** Whether this event number is a digit (0 to 15). */
    public static boolean isDigit(int event) {
        return event >= 0 && event < DIGITS.length();
    }

    /**
     * The digit of event 0 to 15: {@code 0-9 * # A-D}.
     *
     * @throws IllegalArgumentException for any other event
     */
    public static char digit(int event) {
        if (!isDigit(event)) {
            throw new IllegalArgumentException("not a digit's event: " + event);
        }
        return DIGITS.charAt(event);
    }

    /** The event of a digit, {@code a-d} taken as {@code A-D}; -1 if this is no digit. */
    public static int event(char digit) {
        return DIGITS.indexOf(Character.toUpperCase(digit));
    }

    static int event(byte[] buf, int off) {
        return buf[off] & 0xFF;
    }

    static boolean end(byte[] buf, int off) {
        return (buf[off + 1] & END_BIT) != 0;
    }

    static int duration(byte[] buf, int off) {
        return (buf[off + 2] & 0xFF) << 8 | buf[off + 3] & 0xFF;
    }

    static int write(byte[] out, int off, int event, boolean end, int duration) {
        out[off] = (byte) event;
        out[off + 1] = (byte) ((end ? END_BIT : 0) | VOLUME);
        out[off + 2] = (byte) (duration >> 8);
        out[off + 3] = (byte) duration;
        return PAYLOAD_BYTES;
    }
}
