package io.copperline.sip.locate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers answers for as long as they say, and beyond where DNS fails: an old address is better than none (RFC 8767). Safe
 * from any thread; two that ask the same at once both ask.
 */
public final class DnsCache implements Dns {
    private static final int MOST = 512;
    private static final Duration LONGEST = Duration.ofDays(1);
    /** RFC 2308 section 5 lets negative answers live for hours; whoever has just added the record would rather not wait. */
    private static final Duration LONGEST_NEGATIVE = Duration.ofSeconds(30);
    /** RFC 8767 section 5: how long a failure is not tried again. */
    private static final Duration FAILURE_RECHECK = Duration.ofSeconds(30);

    /** Name servers may fail for one type of record alone: the others are asked for before long. */
    private static final Duration LITTLE_TOO_OLD = Duration.ofMinutes(5);

    private record Entry(DnsAnswer answer, Instant until) {}

    private final Dns dns;
    private final InstantSource clock;
    private final Map<DnsQuestion, Entry> entries = new ConcurrentHashMap<>();

    public DnsCache(Dns dns, InstantSource clock) {
        this.dns = dns;
        this.clock = clock;
    }

    @Override
    public DnsAnswer ask(DnsQuestion question) {
        Entry known = entries.get(question);
        Instant now = clock.instant();
        if (known != null && now.isBefore(known.until())) {
            return valid(known.answer(), Duration.between(now, known.until()));
        }
        DnsAnswer fresh = bounded(dns.ask(question));
        DnsAnswer answer = fresh.failure().isPresent() && known != null
                ? new DnsAnswer(known.answer().records(), fresh.validFor(), fresh.failure())
                : fresh;
        keep(question, new Entry(answer, clock.instant().plus(answer.validFor())));
        return answer;
    }

    @Override
    public Optional<DnsAnswer> known(DnsQuestion question) {
        Instant now = clock.instant();
        return Optional.ofNullable(entries.get(question))
                .filter(entry -> now.isBefore(entry.until().plus(LITTLE_TOO_OLD)))
                .map(entry -> valid(
                        entry.answer(),
                        now.isBefore(entry.until()) ? Duration.between(now, entry.until()) : FAILURE_RECHECK));
    }

    private static DnsAnswer bounded(DnsAnswer answer) {
        if (answer.failure().isPresent()) {
            return valid(answer, FAILURE_RECHECK);
        }
        Duration longest = answer.records().isEmpty() ? LONGEST_NEGATIVE : LONGEST;
        return answer.validFor().compareTo(longest) > 0 ? valid(answer, longest) : answer;
    }

    private static DnsAnswer valid(DnsAnswer answer, Duration time) {
        return new DnsAnswer(answer.records(), time, answer.failure());
    }

    private void keep(DnsQuestion question, Entry entry) {
        entries.put(question, entry);
        if (entries.size() > MOST) {
            Optional<Map.Entry<DnsQuestion, Entry>> oldest = entries.entrySet().stream()
                    .min(Comparator.comparing(one -> one.getValue().until()));
            oldest.ifPresent(one -> entries.remove(one.getKey(), one.getValue()));
        }
    }
}
