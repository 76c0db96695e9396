package io.copperline.sip.wire;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A SIP, SIPS or tel URI (RFC 3261 section 19.1, RFC 3966).
 *
 * @param scheme {@code sip}, {@code sips} or {@code tel}
 * @param user the user part without escapes and without a password; the number of a tel URI; empty for none
 * @param host name or address, IPv6 without brackets; empty for tel
 * @param port 0 where none is written
 * @param parameters names in lower case
 * @param text the URI as it was written
 */
public record SipUri(String scheme, String user, String host, int port, Map<String, String> parameters, String text) {
    private static final int MAX_LENGTH = 1024;

    public SipUri {
        parameters = Map.copyOf(parameters);
    }

    /** Reads a URI; empty where it is none of the three kinds or too long. */
    public static Optional<SipUri> parse(String text) {
        String uri = text.strip();
        int colon = uri.indexOf(':');
        if (colon < 0 || uri.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String scheme = uri.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = uri.substring(colon + 1);
        return switch (scheme) {
            case "tel" -> Optional.of(tel(rest, uri));
            case "sip", "sips" -> sip(scheme, rest, uri);
            default -> Optional.empty();
        };
    }

    /** The value of a parameter; empty text where it has no value. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    private static SipUri tel(String rest, String text) {
        String[] parts = rest.split(";", -1);
        Map<String, String> parameters = parameters(parts);
        String digits = unescape(parts[0]).replaceAll("[-.()]", ""); // RFC 3966 section 5.1.1: for people alone
        // Section 5.1.5: what a local number is short of stands in its context, where that is no domain.
        String context = parameters.getOrDefault("phone-context", "");
        boolean completed = context.startsWith("+") && !digits.startsWith("+");
        String number = completed ? context.replaceAll("[-.()]", "") + digits : digits;
        return new SipUri("tel", number, "", 0, parameters, text);
    }

    private static Optional<SipUri> sip(String scheme, String rest, String text) {
        int at = rest.indexOf('@');
        String user = at < 0 ? "" : rest.substring(0, at);
        String after = rest.substring(at + 1);
        int headers = after.indexOf('?');
        String[] parts = (headers < 0 ? after : after.substring(0, headers)).split(";", -1);
        // RFC 3261 section 19.1.1: a password may follow the user, a telephone number may carry parameters of its own.
        String bareUser = user.split("[:;]", 2)[0];
        return HostPort.parse(parts[0])
                .map(where ->
                        new SipUri(scheme, unescape(bareUser), where.host(), where.port(), parameters(parts), text));
    }

    private static Map<String, String> parameters(String[] parts) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            String[] pair = parts[i].split("=", 2);
            map.putIfAbsent(pair[0].strip().toLowerCase(Locale.ROOT), pair.length == 2 ? pair[1].strip() : "");
        }
        return map;
    }

    private static String unescape(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int value = c == '%' && i + 2 < text.length() ? hex(text.charAt(i + 1), text.charAt(i + 2)) : -1;
            if (value >= 0x20 && value < 0x7f) {
                out.append((char) value);
                i += 2;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static int hex(char high, char low) {
        int h = Character.digit(high, 16);
        int l = Character.digit(low, 16);
        return h < 0 || l < 0 ? -1 : h * 16 + l;
    }

    @Override
    public String toString() {
        return text;
    }
}
