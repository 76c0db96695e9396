package io.copperline.sip;

import io.copperline.sip.wire.HeaderList;
import io.copperline.sip.wire.NameAddress;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.SipUri;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads who has forwarded a call: Diversion (RFC 5806), else History-Info (RFC 7044, and RFC 4244 before it). */
final class Diversions {
    private static final Pattern SIP_CAUSE = Pattern.compile("(?i)\\bSIP\\s*;.*?\\bcause\\s*=\\s*([0-9]{3})");
    private static final Pattern COUNTER = Pattern.compile("[1-9][0-9]?");

    private Diversions() {}

    /** The last one to forward it. */
    static Optional<Diversion> of(Request invite) {
        return all(invite).stream().findFirst();
    }

    /** All who have forwarded it, as far as they are told, the last one first; those who want to be hidden without their number. */
    static List<Diversion> all(Request invite) {
        List<Diversion> diverted = HeaderList.of(invite, "Diversion").stream()
                .flatMap(value -> NameAddress.parse(value).stream())
                .map(Diversions::diversion)
                .toList();
        return diverted.isEmpty() ? history(entries(invite)) : diverted;
    }

    /** The numbers of all of them, also of those who want to be hidden. */
    static List<String> numbers(Request invite) {
        Stream<NameAddress> diverted =
                HeaderList.of(invite, "Diversion").stream().flatMap(value -> NameAddress.parse(value).stream());
        List<NameAddress> entries = entries(invite);
        Stream<NameAddress> before = IntStream.iterate(entries.size() - 1, i -> i > 0, i -> i - 1)
                .filter(i -> entries.get(i).uri().parameter("cause").isPresent())
                .mapToObj(i -> before(entries, i));
        return Stream.concat(diverted, before)
                .map(address -> address.uri().user())
                .filter(user -> !user.isEmpty())
                .distinct()
                .toList();
    }

    // RFC 5806 section 5: the last to forward has put his value before those of others.
    private static Diversion diversion(NameAddress address) {
        String privacy = address.parameter("privacy").orElse("off").toLowerCase(Locale.ROOT);
        return diversion(
                address.uri(),
                Diversion.Reason.named(address.parameter("reason").orElse("")),
                privacy.equals("full") || privacy.equals("uri"),
                address.parameter("counter")
                        .filter(counter -> COUNTER.matcher(counter).matches())
                        .map(Integer::parseInt)
                        .orElse(1));
    }

    private static Diversion diversion(SipUri by, Diversion.Reason reason, boolean withheld, int count) {
        boolean hidden = withheld || by.host().equalsIgnoreCase("anonymous.invalid"); // RFC 3323 section 4.1
        return new Diversion(hidden ? "" : by.user(), reason, hidden, count);
    }

    private static List<NameAddress> entries(Request invite) {
        return HeaderList.of(invite, "History-Info").stream()
                .flatMap(value -> NameAddress.parse(value).stream())
                .toList();
    }

    /** RFC 7044 section 10.3: a target says by its cause why it was chosen, and by "mp" in whose place. */
    private static List<Diversion> history(List<NameAddress> entries) {
        List<Diversion> found = new ArrayList<>();
        for (int i = entries.size() - 1; i > 0; i--) {
            Optional<String> cause = entries.get(i).uri().parameter("cause");
            if (cause.isPresent()) {
                NameAddress by = before(entries, i);
                found.add(diversion(by.uri(), Diversion.Reason.caused(cause.get()), isHidden(by), 1));
            }
        }
        return found.isEmpty() ? olderHistory(entries) : found;
    }

    /** In whose place a target was chosen. */
    private static NameAddress before(List<NameAddress> entries, int i) {
        NameAddress previous = entries.get(i - 1);
        return entries.get(i)
                .parameter("mp")
                .flatMap(index -> indexed(entries, index))
                .orElse(previous);
    }

    /** RFC 4244 section 4.1: who forwards leaves the reason with his own entry, and the next is the new target. */
    private static List<Diversion> olderHistory(List<NameAddress> entries) {
        List<Diversion> found = new ArrayList<>();
        for (int i = entries.size() - 2; i >= 0; i--) {
            NameAddress by = entries.get(i);
            Matcher cause = SIP_CAUSE.matcher(escaped(by, "reason"));
            if (cause.find()) {
                found.add(diversion(by.uri(), Diversion.Reason.caused(cause.group(1)), isHidden(by), 1));
            }
        }
        return found;
    }

    private static Optional<NameAddress> indexed(List<NameAddress> entries, String index) {
        return entries.stream()
                .filter(entry -> entry.parameter("index").filter(index::equals).isPresent())
                .findFirst();
    }

    /** RFC 7044 section 10.1.2: the entry asks for privacy of its own. */
    private static boolean isHidden(NameAddress entry) {
        String privacy = escaped(entry, "privacy").toLowerCase(Locale.ROOT);
        return !privacy.isEmpty() && !privacy.equals("none");
    }

    /** A header that is part of the URI (RFC 3261 section 19.1.1); empty where it is not there. */
    private static String escaped(NameAddress entry, String name) {
        String[] halves = entry.uri().text().split("\\?", 2);
        for (String pair : halves.length < 2 ? new String[0] : halves[1].split("&")) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2 && parts[0].strip().equalsIgnoreCase(name)) {
                return decoded(parts[1]);
            }
        }
        return "";
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value; // a stray percent sign
        }
    }
}
