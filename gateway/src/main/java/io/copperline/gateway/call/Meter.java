package io.copperline.gateway.call;

import io.copperline.config.CallLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How many calls there are of one subject, how often they begin and how long they have talked today. Touched only within
 * {@link CallLimiter}'s table, one thread at a time.
 */
final class Meter {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final long MILLIS_OF_MINUTE = Duration.ofMinutes(1).toMillis();

    private final ZoneId zone;
    private final Deque<Instant> begun = new ArrayDeque<>();
    private int calls;
    private LocalDate day;
    private Instant midnight;
    private long talkedMillis;
    private int talking;
    /** The sum of the moments at which those who talk began, or of midnights where they began before. */
    private long talkingSinceMillis;

    Meter(ZoneId zone, Instant now) {
        this.zone = zone;
        day = now.atZone(zone).toLocalDate();
        midnight = day.atStartOfDay(zone).toInstant();
    }

    /** With which its day began. */
    Instant midnight() {
        return midnight;
    }

    /** Counts a call in, or says which limit it would break. */
    Optional<LimitKind> enter(CallLimits limits, Instant now) {
        turn(now);
        Optional<LimitKind> broken = broken(limits, now);
        if (broken.isEmpty()) {
            calls++;
            if (limits.perSecond().isPresent()) {
                begun.addLast(now);
            }
        }
        return broken;
    }

    /** Counts a call that is over already, as far as it was today. */
    void talked(Instant answeredAt, Instant endedAt) {
        long since = Math.max(answeredAt.toEpochMilli(), midnight.toEpochMilli());
        talkedMillis += Math.max(0, endedAt.toEpochMilli() - since);
    }

    /** Whether the minutes of today are used up. */
    boolean spent(CallLimits limits, Instant now) {
        return limits.minutesPerDay().isPresent()
                && millisToday(now) >= limits.minutesPerDay().getAsInt() * MILLIS_OF_MINUTE;
    }

    private Optional<LimitKind> broken(CallLimits limits, Instant now) {
        if (limits.calls().isPresent() && calls >= limits.calls().getAsInt()) {
            return Optional.of(LimitKind.CALLS);
        }
        if (spent(limits, now)) {
            return Optional.of(LimitKind.MINUTES_PER_DAY);
        }
        while (!begun.isEmpty() && !begun.getFirst().plus(SECOND).isAfter(now)) {
            begun.removeFirst();
        }
        return limits.perSecond().isPresent()
                        && begun.size() >= limits.perSecond().getAsInt()
                ? Optional.of(LimitKind.CALLS_PER_SECOND)
                : Optional.empty();
    }

    void answered(Instant now) {
        turn(now);
        talking++;
        // Of two threads at midnight the second one may have read the clock before it.
        talkingSinceMillis += Math.max(now.toEpochMilli(), midnight.toEpochMilli());
    }

    /** @param answeredAt when the call that leaves was answered, if it was */
    void leave(Optional<Instant> answeredAt, Instant now) {
        turn(now);
        calls--;
        answeredAt.ifPresent(at -> {
            talking--;
            talkingSinceMillis -= Math.max(at.toEpochMilli(), midnight.toEpochMilli());
            talked(at, now);
        });
    }

    /** What was talked since midnight, by calls in progress too. */
    long millisToday(Instant now) {
        turn(now);
        return talkedMillis + talking * now.toEpochMilli() - talkingSinceMillis;
    }

    int calls() {
        return calls;
    }

    /** Whether nothing is lost when it is forgotten. */
    boolean idle(Instant now) {
        turn(now);
        boolean rested = begun.isEmpty() || !begun.getLast().plus(SECOND).isAfter(now);
        return calls == 0 && talkedMillis == 0 && rested;
    }

    /** At midnight the minutes begin anew, those of calls in progress too. A clock that is set back changes nothing. */
    private void turn(Instant now) {
        LocalDate today = now.atZone(zone).toLocalDate();
        if (today.isAfter(day)) {
            day = today;
            midnight = today.atStartOfDay(zone).toInstant();
            talkedMillis = 0;
            talkingSinceMillis = talking * midnight.toEpochMilli();
        }
    }
}
