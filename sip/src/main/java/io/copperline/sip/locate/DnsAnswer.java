package io.copperline.sip.locate;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What DNS says to a question.
 *
 * @param records none where there is no such name or no such record, or nothing is known
 * @param validFor how long it may be relied on
 * @param failure why DNS could not be asked, where it could not; the records are then those known before
 */
public record DnsAnswer(List<DnsRecord> records, Duration validFor, Optional<String> failure) {
    public DnsAnswer {
        records = List.copyOf(records);
    }

    /** Records, with their time to live. */
    static DnsAnswer of(List<? extends DnsRecord> records, Duration ttl) {
        return new DnsAnswer(List.copyOf(records), ttl, Optional.empty());
    }

    /** There is nothing by that name and type. */
    static DnsAnswer none(Duration ttl) {
        return new DnsAnswer(List.of(), ttl, Optional.empty());
    }

    /** Nobody could say. */
    static DnsAnswer failed(String why) {
        return new DnsAnswer(List.of(), Duration.ZERO, Optional.of(why));
    }
}
