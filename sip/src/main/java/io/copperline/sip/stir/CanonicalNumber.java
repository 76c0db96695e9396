package io.copperline.sip.stir;

import java.util.Optional;

/** A telephone number as PASSporTs compare it (RFC 8224 section 8.3): digits, with the country code where it is known. */
final class CanonicalNumber {
    private static final int MAX_DIGITS = 24;

    private CanonicalNumber() {}

    /** Empty where the text is no number. Separators of people (RFC 3966 section 5.1.1) do not count. */
    static Optional<String> of(String text) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9' || c == '*' || c == '#') {
                digits.append(c);
            } else if (!(c == '+' && i == 0) && "-.() ".indexOf(c) < 0) {
                return Optional.empty();
            }
        }
        boolean sane = !digits.isEmpty() && digits.length() <= MAX_DIGITS;
        return sane ? Optional.of(digits.toString()) : Optional.empty();
    }
}
