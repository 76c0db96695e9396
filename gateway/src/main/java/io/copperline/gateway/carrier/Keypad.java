package io.copperline.gateway.carrier;

import io.copperline.codecs.dtmf.TelephoneEvent;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Presses keys, each for 100 ms and 100 ms apart, as telephone-event or as tones.
 *
 * <pre>
 *   packet      1    2    3    4    5    6    7    8   9 10 11 12 13
 *   duration   20   40   60   80  100  100  100  100   (the tone is heard again)
 *   end                                 x    x    x     RFC 4733 section 2.5.1.4: three times at the end
 * </pre>
 *
 * <p>Keys are pressed from any thread; the rest is the phone's.
 */
final class Keypad {
    static final int PRESS_MILLIS = 100;
    private static final int GROWING = 5;
    private static final int LAST = 8;
    private static final int PAUSED = 13;
    private static final int END_AND_VOLUME = 0x80 | 10;
    private static final int VOLUME = 10;

    private record Press(int event, boolean asTone) {}

    private final Queue<Press> waiting = new ConcurrentLinkedQueue<>();
    private final int stepUnits;
    private Optional<Press> now = Optional.empty();
    private int step;
    private int timestamp;

    /** @param stepUnits 20 ms of the clock */
    Keypad(int stepUnits) {
        this.stepUnits = stepUnits;
    }

    /** What are no digits are passed over. */
    void press(String digits, boolean asTones) {
        digits.chars()
                .map(digit -> TelephoneEvent.event((char) digit))
                .filter(event -> event >= 0)
                .forEach(event -> waiting.add(new Press(event, asTones)));
    }

    /** Each 20 ms, before {@link #write}: the event whose tone begins now. */
    Optional<Integer> tone() {
        if (now.isPresent() && ++step > PAUSED) {
            now = Optional.empty();
        }
        if (now.isEmpty() && !waiting.isEmpty()) {
            now = Optional.of(waiting.remove());
            step = 1;
        }
        return now.filter(press -> press.asTone() && step == 1).map(Press::event);
    }

    /** Writes a telephone-event; its length, 0 where there is none now. */
    int write(byte[] out, int off, int atTimestamp) {
        if (now.isEmpty() || now.get().asTone() || step > LAST) {
            return 0;
        }
        if (step == 1) {
            timestamp = atTimestamp;
        }
        int duration = stepUnits * Math.min(step, GROWING);
        out[off] = (byte) now.get().event();
        out[off + 1] = (byte) (step > GROWING ? END_AND_VOLUME : VOLUME);
        out[off + 2] = (byte) (duration >> 8);
        out[off + 3] = (byte) duration;
        return TelephoneEvent.PAYLOAD_BYTES;
    }

    /** Of the event that was written. */
    int timestamp() {
        return timestamp;
    }

    /** Whether it was the event's first packet. */
    boolean marker() {
        return step == 1;
    }
}
