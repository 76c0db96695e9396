package io.copperline.gateway.call;

import io.copperline.config.CallLimits;
import io.copperline.config.RouteLimits;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Who may still call out: trunks, rules and users against their limits. Used from any thread: each meter is touched within
 * the table's own atomic operations only.
 */
final class CallLimiter {
    private final RouteLimits limits;
    private final Map<Subject, Meter> meters = new ConcurrentHashMap<>();
    private final Map<Subject.Kind, Map<LimitKind, LongAdder>> refusals = new EnumMap<>(Subject.Kind.class);

    CallLimiter(RouteLimits limits) {
        this.limits = limits;
        for (Subject.Kind kind : Subject.Kind.values()) {
            Map<LimitKind, LongAdder> ofKind = new EnumMap<>(LimitKind.class);
            for (LimitKind limit : LimitKind.values()) {
                ofKind.put(limit, new LongAdder());
            }
            refusals.put(kind, ofKind);
        }
    }

    /** What a call that was let in gives back at its end. */
    final class Permit {
        private final Subject subject;
        private final CallLimits own;
        private Optional<Instant> answeredAt = Optional.empty();
        private boolean open = true;

        private Permit(Subject subject, CallLimits own) {
            this.subject = subject;
            this.own = own;
        }

        Subject subject() {
            return subject;
        }

        void answered(Instant now) {
            if (open && answeredAt.isEmpty()) {
                answeredAt = Optional.of(now);
                with(subject, now, meter -> meter.answered(now));
            }
        }

        /** Whether the call talks, and its subject's minutes of today are used up. */
        boolean spent(Instant now) {
            if (!open || answeredAt.isEmpty() || own.minutesPerDay().isEmpty()) {
                return false;
            }
            AtomicBoolean spent = new AtomicBoolean();
            with(subject, now, meter -> spent.set(meter.spent(own, now)));
            return spent.get();
        }

        void close(Instant now) {
            if (open) {
                open = false;
                with(subject, now, meter -> meter.leave(answeredAt, now));
            }
        }
    }

    /** A call wants to go out by a trunk; empty where it may not. */
    Optional<Permit> trunk(String name, Instant now) {
        Subject subject = new Subject(Subject.Kind.TRUNK, name);
        CallLimits own = limits.ofTrunk(name);
        return enter(subject, own, now).isEmpty() ? Optional.of(new Permit(subject, own)) : Optional.empty();
    }

    /** A user wants to call; fails with {@link CallRefused} where he may not. */
    Permit user(String name, Instant now) {
        return permit(new Subject(Subject.Kind.USER, name), limits.ofUser(name), now);
    }

    /** A call wants to go by a rule, likewise. */
    Permit route(String rule, CallLimits ofRule, Instant now) {
        return permit(new Subject(Subject.Kind.ROUTE, rule), ofRule, now);
    }

    private Permit permit(Subject subject, CallLimits own, Instant now) {
        enter(subject, own, now).ifPresent(limit -> {
            throw new CallRefused(
                    CallRefused.Code.LIMIT_REACHED, "Limit " + limit.key() + ": " + subject + " " + limit.remedy());
        });
        return new Permit(subject, own);
    }

    private Optional<LimitKind> enter(Subject subject, CallLimits own, Instant now) {
        Entry entry = new Entry(own, now);
        with(subject, now, entry::tryOn);
        entry.broken.ifPresent(limit -> refusals.get(subject.kind()).get(limit).increment());
        return entry.broken;
    }

    /** Carries the result out of the table's operation. */
    private static final class Entry {
        private final CallLimits limits;
        private final Instant now;
        private Optional<LimitKind> broken = Optional.empty();

        Entry(CallLimits limits, Instant now) {
            this.limits = limits;
            this.now = now;
        }

        void tryOn(Meter meter) {
            broken = meter.enter(limits, now);
        }
    }

    private void with(Subject subject, Instant now, Consumer<Meter> step) {
        meters.compute(subject, (_, old) -> {
            Meter meter = old == null ? new Meter(limits.zone(), now) : old;
            step.accept(meter);
            return meter;
        });
    }

    /** The last one, where the limits say it is. */
    Instant midnight(Instant now) {
        return now.atZone(limits.zone())
                .toLocalDate()
                .atStartOfDay(limits.zone())
                .toInstant();
    }

    /** Counts what a subject has talked before the program began, as far as it was today. */
    void talked(Subject subject, Instant answeredAt, Instant endedAt, Instant now) {
        with(subject, now, meter -> meter.talked(answeredAt, endedAt));
    }

    /** Forgets those who have neither a call nor a minute of today. */
    void sweep(Instant now) {
        meters.keySet()
                .forEach(subject -> meters.computeIfPresent(subject, (_, meter) -> meter.idle(now) ? null : meter));
    }

    long millisToday(Subject subject, Instant now) {
        AtomicLong millis = new AtomicLong();
        meters.computeIfPresent(subject, (_, meter) -> {
            millis.set(meter.millisToday(now));
            return meter;
        });
        return millis.get();
    }

    /** How many subjects it remembers. */
    int remembered() {
        return meters.size();
    }

    /** Calls that were refused, or sent on to the next trunk. */
    long refusals(Subject.Kind kind, LimitKind limit) {
        return refusals.get(kind).get(limit).sum();
    }
}
