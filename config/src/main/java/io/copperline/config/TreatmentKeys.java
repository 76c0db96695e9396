package io.copperline.config;

import io.copperline.config.Treatment.Forward;
import io.copperline.config.Treatment.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keys of {@code routes.inbound} that say what becomes of a call. */
final class TreatmentKeys {
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final Key<String> USER = Key.open(
            "user",
            Types.TEXT,
            "alice",
            "Whose phones ring: the sub of the user's tokens. One of user, users, forward and refuse is needed.");
    private static final Key<String> USERS = Key.list("users", Types.TEXT, "[]", "[alice, bob]", "Or: several users.");
    private static final Key<RingPlan.Order> RING = Key.of(
            "ring",
            Types.oneOf(RingPlan.Order.class),
            "together",
            "How the phones of several users ring: together, or in-turn.");
    private static final Key<Duration> RING_FOR = Key.open(
            "ring-for",
            Types.duration(SHORTEST, LONGEST, ""),
            "20s",
            "How long they ring, or each in turn. Without it 60s, and 20s in turn.");
    static final Key<String> FORWARD = Key.open(
            "forward",
            NetTypes.E164,
            "+12025550177",
            "The number to which calls go on, by routes.outbound; with user or users, where nobody answers.");
    private static final Key<Forward.As> FORWARD_AS = Key.open(
            "forward-as",
            Types.oneOf(Forward.As.class),
            "called",
            "Who that number is told is calling: caller, or called (the called number). Without it the caller.");
    static final Key<Refusal> REFUSE = Key.open(
            "refuse",
            Types.oneOf(Refusal.class),
            "busy",
            "Or: calls are refused as busy, declined, unavailable, not-found or unwanted.");

    static final List<Entry> ALL = List.of(USER, USERS, RING, RING_FOR, FORWARD, FORWARD_AS, REFUSE);

    private TreatmentKeys() {}

    static Treatment read(Fields rule) {
        List<String> users = users(rule);
        check(rule);
        Optional<Forward> forward = rule.maybe(FORWARD)
                .map(number -> new Forward(number, rule.maybe(FORWARD_AS).orElse(Forward.As.CALLER)));
        Optional<Treatment> refused = rule.maybe(REFUSE).map(Treatment.Refuse::new);
        if (refused.isPresent()) {
            return refused.get();
        }
        return rings(rule) || forward.isEmpty() ? new Treatment.Ring(plan(rule, users), forward) : forward.get();
    }

    /** How phones ring, where a webhook says whose and no more. */
    static RingPlan plan(Fields rule, List<String> users) {
        RingPlan.Order order = rule.one(RING);
        return new RingPlan(users, order, rule.maybe(RING_FOR).orElseGet(order::usual));
    }

    private static boolean rings(Fields rule) {
        return rule.has(USER) || !rule.empty(USERS);
    }

    private static List<String> users(Fields rule) {
        List<String> users = new ArrayList<>(rule.many(USERS));
        rule.maybe(USER).ifPresent(users::add);
        if (rule.has(USER) && !rule.empty(USERS)) {
            rule.problem(USERS, "user, or users with at least one", "both", "remove one of the two");
        }
        return users;
    }

    private static void check(Fields rule) {
        boolean goes = rings(rule) || rule.has(FORWARD);
        if (!goes && !rule.has(REFUSE)) {
            rule.problem(
                    rule.has(USERS) ? USERS : USER,
                    "user, users with at least one, forward or refuse",
                    "none of them",
                    "add user: alice");
        }
        if (goes && rule.has(REFUSE)) {
            rule.problem(REFUSE, "user, users or forward, or refuse", "both", "remove refuse, or the others");
        }
        boolean asks = rule.has(WebhookKeys.URL);
        for (Key<?> key : List.of(RING, RING_FOR)) {
            if (rule.has(key) && !rings(rule) && !asks) {
                rule.problem(key, "user, users or webhook beside it", "none", "remove it");
            }
        }
        if (rule.has(FORWARD_AS) && !rule.has(FORWARD)) {
            rule.problem(FORWARD_AS, "forward beside it", "none", "add forward, or remove it");
        }
    }
}
