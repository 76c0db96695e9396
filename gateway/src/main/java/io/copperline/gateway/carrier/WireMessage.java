package io.copperline.gateway.carrier;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A request as it came (RFC 3261 section 7).
 *
 * @param fields the header lines, in their order
 * @param bodyBytes how long the body is, as it came
 */
record WireMessage(String method, String uri, List<Field> fields, String body, int bodyBytes) {
    /** One header line; its name in full and in lower case. */
    record Field(String name, String value) {}

    private static final Pattern ADDRESS = Pattern.compile(
            "(?:sips?:(?:([^@;>?]{0,255})@)?(\\[[^\\]]{0,64}]|[^:;>?,\\s]{1,255})|tel:([^;>,\\s]{1,64}))");

    /** All the values of a header; where it stands on one line, separated by commas, that is one value. */
    Stream<String> all(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return fields.stream().filter(field -> field.name().equals(lower)).map(Field::value);
    }

    /** The first value of a header; empty where there is none. */
    String first(String name) {
        return all(name).findFirst().orElse("");
    }

    /** The user of the first SIP or tel address in a text; empty where there is no such address. */
    static Optional<String> user(String text) {
        return address(text).map(found -> {
            String user = found.group(3) != null ? found.group(3) : found.group(1);
            return user == null ? "" : user.replace("%2B", "+");
        });
    }

    /** The host of the first address in a text; empty where that is no SIP address. */
    static String host(String text) {
        return address(text).map(found -> found.group(2)).orElse("");
    }

    private static Optional<Matcher> address(String text) {
        Matcher found = ADDRESS.matcher(withoutQuotes(text));
        return found.find() ? Optional.of(found) : Optional.empty();
    }

    /** A name in quotes may look like an address. */
    private static String withoutQuotes(String text) {
        StringBuilder left = new StringBuilder(text.length());
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (quoted && c == '\\') {
                i++; // RFC 3261 section 25.1, quoted-pair
            } else if (!quoted) {
                left.append(c);
            }
        }
        return left.toString();
    }

    /** A parameter behind the address, such as the tag of From; empty where it is not there. */
    static String parameter(String value, String name) {
        String behind = value.substring(value.lastIndexOf('>') + 1);
        Matcher found = Pattern.compile(
                        ";\\s*" + Pattern.quote(name) + "\\s*=\\s*([^;,\\s]+)", Pattern.CASE_INSENSITIVE)
                .matcher(behind);
        return found.find() ? found.group(1) : "";
    }

    /** What tells a request from a copy of it (RFC 3261 section 17.2.3), and a CANCEL what it is about. */
    String transaction(String ofMethod) {
        String branch = parameter(first("via"), "branch");
        return ofMethod + " " + branch + " " + first("call-id") + " " + sequence();
    }

    /** The number in CSeq; -1 where there is none. */
    long sequence() {
        String number = first("cseq").split("\\s+")[0];
        return number.matches("[0-9]{1,10}") ? Long.parseLong(number) : -1;
    }

    /** The tag in To; empty outside of a dialog. */
    String toTag() {
        return parameter(first("to"), "tag");
    }

    boolean inDialog() {
        return !toTag().isEmpty();
    }
}
