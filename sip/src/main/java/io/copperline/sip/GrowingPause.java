package io.copperline.sip;

import java.time.Duration;

/** Pauses between tries of what goes on failing: 5 s, then twice as long each time, up to 5 minutes. Owned by who waits. */
final class GrowingPause {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private Duration next = FIRST;

    /** The next pause; the one after it is longer. */
    Duration next() {
        Duration pause = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return pause;
    }

    /** It works again. */
    void reset() {
        next = FIRST;
    }
}
