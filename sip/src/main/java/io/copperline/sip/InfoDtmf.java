package io.copperline.sip;

import io.copperline.sip.wire.Request;
import java.util.Locale;
import java.util.Optional;

/**
 * A digit in an INFO body: {@code application/dtmf-relay} ({@code Signal=5}, {@code Duration=160}) and {@code application/dtmf} (the
 * bare digit). Neither has an RFC; everyone speaks them as Cisco did.
 *
 * @param digit one of {@code 0-9*#A-D}
 */
record InfoDtmf(char digit, int durationMillis) {
    static final String RELAY = "application/dtmf-relay";
    static final String PLAIN = "application/dtmf";
    private static final String DIGITS = "0123456789*#ABCD";
    private static final int DEFAULT_MILLIS = 160;
    private static final int MAX_MILLIS = 10_000;
    private static final int MAX_BODY = 1024;

    /** The digit in this request, where there is one. */
    static Optional<InfoDtmf> of(Request info) {
        Optional<String> relay = info.body(RELAY);
        if (relay.isPresent()) {
            return parseRelay(relay.get());
        }
        return info.body(PLAIN).flatMap(body -> digit(body).map(digit -> new InfoDtmf(digit, DEFAULT_MILLIS)));
    }

    static Optional<InfoDtmf> parseRelay(String body) {
        if (body.length() > MAX_BODY) {
            return Optional.empty();
        }
        Optional<Character> digit = Optional.empty();
        int duration = DEFAULT_MILLIS;
        for (String line : body.split("\\R")) {
            String[] pair = line.split("=", 2);
            if (pair.length < 2) {
                continue;
            }
            switch (pair[0].strip().toLowerCase(Locale.ROOT)) {
                case "signal" -> digit = digit(pair[1]);
                case "duration" -> duration = duration(pair[1].strip());
                default -> {
                    // Someone's own extension.
                }
            }
        }
        int millis = duration;
        return digit.map(found -> new InfoDtmf(found, millis));
    }

    /** The body that says this digit. */
    String relayBody() {
        return "Signal=" + digit + "\r\nDuration=" + durationMillis + "\r\n";
    }

    static boolean isDigit(char c) {
        return DIGITS.indexOf(Character.toUpperCase(c)) >= 0;
    }

    private static Optional<Character> digit(String text) {
        String bare = text.strip().toUpperCase(Locale.ROOT);
        // Some send the event number of RFC 4733 for the last six.
        String single = bare.length() == 2 && bare.startsWith("1") ? beyondNine(bare) : bare;
        return single.length() == 1 && isDigit(single.charAt(0)) ? Optional.of(single.charAt(0)) : Optional.empty();
    }

    private static String beyondNine(String number) {
        int event = 10 + Character.digit(number.charAt(1), 10);
        return event >= 10 && event < DIGITS.length() ? DIGITS.substring(event, event + 1) : "";
    }

    private static int duration(String text) {
        try {
            int millis = Integer.parseInt(text);
            return millis > 0 ? Math.min(millis, MAX_MILLIS) : DEFAULT_MILLIS;
        } catch (NumberFormatException e) {
            return DEFAULT_MILLIS;
        }
    }
}
