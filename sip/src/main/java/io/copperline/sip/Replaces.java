package io.copperline.sip;

import io.copperline.sip.wire.Header;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The dialog whose place an INVITE takes (RFC 3891), as whoever gets that INVITE knows it.
 *
 * @param toTag the receiver's own tag
 * @param fromTag the tag of the other side
 * @param earlyOnly only as long as nobody has answered
 */
public record Replaces(String callId, String toTag, String fromTag, boolean earlyOnly) {
    private static final int MAX_LENGTH = 512;
    private static final String PRINTABLE = "[\\x21-\\x7e&&[^;,<>]]{1,256}";

    /** Reads the header's value; empty where it makes no sense. */
    static Optional<Replaces> parse(String value) {
        String[] parts = value.strip().split(";", -1);
        if (value.length() > MAX_LENGTH || !parts[0].strip().matches(PRINTABLE)) {
            return Optional.empty();
        }
        String toTag = "";
        String fromTag = "";
        boolean earlyOnly = false;
        for (int i = 1; i < parts.length; i++) {
            String[] pair = parts[i].strip().split("=", 2);
            String given = pair.length == 2 ? pair[1].strip() : "";
            switch (pair[0].strip().toLowerCase(Locale.ROOT)) {
                case "to-tag" -> toTag = given;
                case "from-tag" -> fromTag = given;
                case "early-only" -> earlyOnly = true;
                default -> {} // RFC 3891 section 6.1: parameters that nobody knows do not matter.
            }
        }
        return toTag.matches(PRINTABLE) && fromTag.matches(PRINTABLE)
                ? Optional.of(new Replaces(parts[0].strip(), toTag, fromTag, earlyOnly))
                : Optional.empty();
    }

    /** Reads the header as it stands in a URI (RFC 3261 section 19.1.1). */
    static Optional<Replaces> parseEscaped(String escaped) {
        try {
            return parse(URLDecoder.decode(escaped.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Header header() {
        return new Header("Replaces", text());
    }

    String escaped() {
        return URLEncoder.encode(text(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    private String text() {
        return callId + ";to-tag=" + toTag + ";from-tag=" + fromTag + (earlyOnly ? ";early-only" : "");
    }
}
