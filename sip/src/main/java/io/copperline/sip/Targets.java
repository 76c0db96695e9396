package io.copperline.sip;

import io.copperline.sip.wire.NextHop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * A trunk's servers as requests go to them: in DNS's order, except that those which have failed lately rest, and are tried last,
 * as are those that do not answer OPTIONS. Used from any thread.
 *
 * <pre>
 *  failed in a row   1    2    3    4    5    6    7 ...
 *  rests for, s      5   10   20   40   80  160  300      or as long as Retry-After says, at most an hour
 * </pre>
 */
final class Targets {
    private static final Duration FIRST_REST = Duration.ofSeconds(5);
    private static final Duration LONGEST_REST = Duration.ofMinutes(5);
    private static final Duration LONGEST_ASKED = Duration.ofHours(1);
    private static final int DOUBLINGS = 6;

    private record Rest(Instant until, int failures) {}

    private final TrunkAddresses addresses;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<NextHop, Rest> rests = new ConcurrentHashMap<>();
    private final Set<NextHop> down = ConcurrentHashMap.newKeySet();
    private volatile Optional<NextHop> steady = Optional.empty();

    Targets(TrunkAddresses addresses, InstantSource clock, RandomGenerator random) {
        this.addresses = addresses;
        this.clock = clock;
        this.random = random;
    }

    /** Where the next call goes, and where then. Never empty. */
    List<NextHop> order() {
        Instant now = clock.instant();
        return addresses.hops(random).stream()
                .sorted(Comparator.comparing(hop -> resting(hop, now)))
                .toList();
    }

    /** One server to keep to, for as long as it is there and serves. */
    NextHop steady() {
        List<NextHop> order = order();
        NextHop now = steady.filter(order::contains)
                .filter(hop -> !resting(hop, clock.instant()))
                .orElseGet(order::getFirst);
        steady = Optional.of(now);
        return now;
    }

    /**
     * This server does not serve.
     *
     * @param retryAfter how long it wants to be left alone, where it said so
     */
    void failed(NextHop hop, Optional<Duration> retryAfter) {
        rests.keySet().retainAll(new HashSet<>(addresses.hops(random)));
        rests.compute(hop, (key, before) -> {
            int failures = before == null ? 1 : before.failures() + 1;
            Duration growing = shorter(FIRST_REST.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS)), LONGEST_REST);
            Duration rest =
                    retryAfter.map(asked -> shorter(asked, LONGEST_ASKED)).orElse(growing);
            return new Rest(clock.instant().plus(rest), failures);
        });
    }

    /** This server serves. */
    void worked(NextHop hop) {
        rests.remove(hop);
    }

    /** Those that do not answer OPTIONS now. */
    void down(Set<NextHop> hops) {
        down.retainAll(hops);
        down.addAll(hops);
    }

    private boolean resting(NextHop hop, Instant now) {
        Rest rest = rests.get(hop);
        return down.contains(hop) || rest != null && now.isBefore(rest.until());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
