package io.copperline.sip;

import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Message;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The Session-Expires header (RFC 4028 section 4).
 *
 * @param seconds how long the session lives without a refresh
 * @param refresher who refreshes, seen from the request that carries or is answered by the header
 */
record SessionExpires(long seconds, Optional<Refresher> refresher) {
    static final String NAME = "Session-Expires";
    static final String MIN_SE = "Min-SE";

    /** A day of a session that nobody refreshes is as good as for ever, and keeps sums small. */
    private static final long MAX_SECONDS = 86_400;

    /** Who refreshes the session. */
    enum Refresher {
        UAC,
        UAS
    }

    /** The header of a message; empty where there is none, or none that makes sense. */
    static Optional<SessionExpires> of(Message message) {
        Optional<String> value = message.headers().first(NAME);
        OptionalLong seconds = value.map(SessionExpires::seconds).orElse(OptionalLong.empty());
        return seconds.isEmpty()
                ? Optional.empty()
                : Optional.of(new SessionExpires(seconds.getAsLong(), refresher(value.get())));
    }

    /** What Min-SE says (section 5); 0 where there is none. */
    static long minSe(Message message) {
        return message.headers().first(MIN_SE).map(SessionExpires::seconds).stream()
                .flatMapToLong(OptionalLong::stream)
                .findFirst()
                .orElse(0);
    }

    static Header minSe(long seconds) {
        return new Header(MIN_SE, Long.toString(seconds));
    }

    Header header() {
        String who = refresher
                .map(side -> ";refresher=" + side.name().toLowerCase(Locale.ROOT))
                .orElse("");
        return new Header(NAME, seconds + who);
    }

    private static OptionalLong seconds(String value) {
        String number = value.split(";", 2)[0].strip();
        boolean plain =
                !number.isEmpty() && number.length() <= 10 && number.chars().allMatch(c -> c >= '0' && c <= '9');
        long seconds = plain ? Long.parseLong(number) : 0;
        return seconds > 0 ? OptionalLong.of(Math.min(seconds, MAX_SECONDS)) : OptionalLong.empty();
    }

    private static Optional<Refresher> refresher(String value) {
        for (String parameter : value.split(";")) {
            String[] pair = parameter.split("=", 2);
            if (pair.length == 2 && pair[0].strip().equalsIgnoreCase("refresher")) {
                return switch (pair[1].strip().toLowerCase(Locale.ROOT)) {
                    case "uac" -> Optional.of(Refresher.UAC);
                    case "uas" -> Optional.of(Refresher.UAS);
                    default -> Optional.empty();
                };
            }
        }
        return Optional.empty();
    }
}
