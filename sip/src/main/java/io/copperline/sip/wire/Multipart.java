package io.copperline.sip.wire;

import java.util.Locale;
import java.util.Optional;

/** Finds the one part that matters in a multipart body (RFC 2046 section 5.1), such as SDP beside ISUP or a location. */
final class Multipart {
    private static final int MAX_PARTS = 16;

    private Multipart() {}

    static Optional<String> part(String multipartType, String body, String wanted) {
        Optional<String> boundary = boundary(multipartType);
        if (boundary.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = body.split(java.util.regex.Pattern.quote("--" + boundary.get()), MAX_PARTS);
        for (int i = 1; i < parts.length; i++) {
            int end = parts[i].indexOf("\r\n\r\n");
            if (end >= 0 && type(parts[i].substring(0, end)).equals(wanted)) {
                return Optional.of(parts[i].substring(end + 4).stripTrailing() + "\r\n");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> boundary(String type) {
        for (String parameter : type.split(";")) {
            String[] pair = parameter.strip().split("=", 2);
            if (pair.length == 2 && pair[0].equalsIgnoreCase("boundary")) {
                String value = pair[1].replace("\"", "").strip();
                return value.isEmpty() || value.length() > 70 ? Optional.empty() : Optional.of(value);
            }
        }
        return Optional.empty();
    }

    private static String type(String partHeaders) {
        for (String line : partHeaders.split("\r\n")) {
            String[] pair = line.split(":", 2);
            if (pair.length == 2 && pair[0].strip().equalsIgnoreCase("Content-Type")) {
                return pair[1].split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
            }
        }
        return "";
    }
}
