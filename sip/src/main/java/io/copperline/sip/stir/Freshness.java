package io.copperline.sip.stir;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How long the answer of a web server may be kept (RFC 9111 section 4.2), by its header. */
final class Freshness {
    /** Where it says nothing (section 4.2.2). */
    static final Duration USUAL = Duration.ofHours(1);
    /** An authority may take a certificate back; whoever says a year is asked again the next day. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final int MAX_DIGITS = 9;

    private final Map<String, List<String>> header;

    private Freshness(Map<String, List<String>> header) {
        this.header = header;
    }

    /** @param header by name, as {@code HttpURLConnection} has it: the status line has no name */
    static Duration of(Map<String, List<String>> header) {
        Duration found = new Freshness(header).look();
        return found.isNegative() ? Duration.ZERO : found.compareTo(LONGEST) > 0 ? LONGEST : found;
    }

    private Duration look() {
        List<String> directives = values("Cache-Control")
                .flatMap(value -> Stream.of(value.split(",")))
                .map(directive -> directive.strip().toLowerCase(Locale.ROOT))
                .toList();
        // Section 5.2.2.4: what is not to be used without asking again need not be kept by whoever never asks "is it
        // new?".
        if (directives.contains("no-store") || directives.stream().anyMatch(one -> one.startsWith("no-cache"))) {
            return Duration.ZERO;
        }
        Optional<String> maxAge = directives.stream()
                .filter(one -> one.startsWith("max-age="))
                .map(one -> one.substring("max-age=".length()).replace("\"", ""))
                .findFirst();
        Duration age = values("Age").findFirst().map(Freshness::seconds).orElse(Duration.ZERO);
        return maxAge.map(Freshness::seconds).orElseGet(this::untilExpiry).minus(age);
    }

    // Section 5.3: a date that cannot be read is one that has passed.
    private Duration untilExpiry() {
        Optional<String> expires = values("Expires").findFirst();
        if (expires.isEmpty()) {
            return USUAL;
        }
        Optional<ZonedDateTime> now = values("Date").findFirst().flatMap(Freshness::date);
        Optional<ZonedDateTime> then = date(expires.get());
        return now.isPresent() && then.isPresent() ? Duration.between(now.get(), then.get()) : Duration.ZERO;
    }

    private Stream<String> values(String name) {
        return header.entrySet().stream()
                .filter(entry -> name.equalsIgnoreCase(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream());
    }

    // Section 4.2.1: what makes no sense is stale; section 1.2.2: what is too large for us is much.
    private static Duration seconds(String text) {
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Duration.ZERO;
        }
        return text.length() > MAX_DIGITS ? LONGEST : Duration.ofSeconds(Long.parseLong(text));
    }

    private static Optional<ZonedDateTime> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
