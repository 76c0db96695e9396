package io.copperline.sip;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what is dropped, by reason, and says so in the log once a minute at most. Safe from any thread. */
public final class Drops {
    private static final Logger LOG = LoggerFactory.getLogger(Drops.class);
    private static final long QUIET_MILLIS = Duration.ofMinutes(1).toMillis();

    private static final class Tally {
        final LongAdder count = new LongAdder();
        final AtomicLong loggedAtMillis = new AtomicLong(Long.MIN_VALUE);
    }

    private final InstantSource clock;
    private final Map<Drop, Tally> tallies = new EnumMap<>(Drop.class);

    public Drops(InstantSource clock) {
        this.clock = clock;
        for (Drop drop : Drop.values()) {
            tallies.put(drop, new Tally());
        }
    }

    /** Counts one, with a word about it that holds nothing secret. */
    public void count(Drop drop, String detail) {
        Tally tally = tallies.get(drop);
        tally.count.increment();
        long now = clock.millis();
        long last = tally.loggedAtMillis.get();
        boolean due = last == Long.MIN_VALUE || now - last >= QUIET_MILLIS;
        if (due && tally.loggedAtMillis.compareAndSet(last, now)) {
            LOG.warn("SIP dropped as {}: {} ({} so far)", drop, printable(detail), tally.count.sum());
        }
    }

    /** How many were dropped for each reason since the start. */
    public Map<Drop, Long> counts() {
        Map<Drop, Long> counts = new EnumMap<>(Drop.class);
        tallies.forEach((drop, tally) -> counts.put(drop, tally.count.sum()));
        return counts;
    }

    private static String printable(String text) {
        String cut = text.length() > 200 ? text.substring(0, 200) : text;
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
