package io.copperline.gateway.call;

import io.copperline.config.CallLimits;
import io.copperline.config.RouteLimits;
import io.copperline.gateway.call.CallSnapshot.Direction;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Which calls there may still be: of trunks, rules and users, against their limits. Used from any thread: each meter is touched within
 * the table's own atomic operations only.
 */
final class CallLimiter {
    private final RouteLimits limits;
    private final Map<Subject, Meter> meters = new ConcurrentHashMap<>();
    private final LimitRefusals refusals = new LimitRefusals();

    CallLimiter(RouteLimits limits) {
        this.limits = limits;
    }

    /** A call has its permit, or has met a limit. */
    sealed interface Outcome {
        default Optional<Permit> permit() {
            return this instanceof Granted granted ? Optional.of(granted.given()) : Optional.empty();
        }
    }

    record Granted(Permit given) implements Outcome {}

    /** The limit, and whose it is. */
    record Met(LimitKind limit, Subject of) implements Outcome {
        @Override
        public String toString() {
            return "Limit " + limit.key() + ": " + of + " " + limit.remedy();
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
        return enter(subject, own, Direction.OUTBOUND, now).permit();
    }

    /** A call wants a channel of a trunk, which calls in and out share. */
    Outcome channel(String trunk, Direction direction, Instant now) {
        CallLimits most = new CallLimits(limits.channelsOf(trunk), OptionalInt.empty(), OptionalInt.empty());
        return enter(Subject.channelsOf(trunk), most, direction, now);
    }

    /** A call takes a channel that nothing keeps from it, though there may be none left. */
    Permit anyChannel(String trunk, Instant now) {
        Subject subject = Subject.channelsOf(trunk);
        with(subject, now, meter -> meter.enter(CallLimits.NONE, now));
        return new Permit(subject, CallLimits.NONE);
    }

    /** A user wants to call; fails with {@link CallRefused} where he may not. */
    Permit user(String name, Instant now) {
        return permit(new Subject(Subject.Kind.USER, name), limits.ofUser(name), now);
    }

    /** A call wants to go by a rule, likewise. */
    Permit route(String rule, CallLimits ofRule, Instant now) {
        return permit(new Subject(Subject.Kind.ROUTE, rule), ofRule, now);
    }

    /** A call wants to come in by a rule. */
    Outcome inbound(String rule, CallLimits ofRule, Instant now) {
        return enter(new Subject(Subject.Kind.INBOUND_ROUTE, rule), ofRule, Direction.INBOUND, now);
    }

    private Permit permit(Subject subject, CallLimits own, Instant now) {
        return switch (enter(subject, own, Direction.OUTBOUND, now)) {
            case Granted granted -> granted.given();
            case Met met -> throw new CallRefused(CallRefused.Code.LIMIT_REACHED, met.toString());
        };
    }

    private Outcome enter(Subject subject, CallLimits own, Direction direction, Instant now) {
        Entry entry = new Entry(own, now);
        with(subject, now, entry::tryOn);
        if (entry.broken.isEmpty()) {
            return new Granted(new Permit(subject, own));
        }
        LimitKind limit = subject.kind() == Subject.Kind.CHANNELS ? LimitKind.CHANNELS : entry.broken.get();
        refusals.count(subject.kind(), limit, direction);
        return new Met(limit, subject);
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
        return new Meter(limits.zone(), now).midnight();
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

    /** Calls that a subject has now. */
    int calls(Subject subject) {
        AtomicInteger calls = new AtomicInteger();
        meters.computeIfPresent(subject, (_, meter) -> {
            calls.set(meter.calls());
            return meter;
        });
        return calls.get();
    }

    /** How many subjects it remembers. */
    int remembered() {
        return meters.size();
    }

    /** Calls that were refused, or sent on to the next trunk. */
    long refusals(Subject.Kind kind, LimitKind limit, Direction direction) {
        return refusals.of(kind, limit, direction);
    }
}
