package io.copperline.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a number is written for the carriers of a rule: a beginning is taken off and another put on, or the whole number is
 * replaced.
 *
 * @param strip taken off where the number begins so
 * @param prepend put before the number
 * @param pattern replaces the number where it matches the whole of it
 * @param with what it is replaced by, where {@code $1} is the first group
 */
public record Rewriting(String strip, String prepend, Optional<Pattern> pattern, String with) {
    public static final Rewriting NONE = new Rewriting("", "", Optional.empty(), "");

    public String of(String number) {
        if (pattern.isPresent()) {
            Matcher whole = pattern.get().matcher(number);
            return whole.matches() ? expanded(whole) : number;
        }
        return prepend + (number.startsWith(strip) ? number.substring(strip.length()) : number);
    }

    private String expanded(Matcher whole) {
        StringBuilder text = new StringBuilder();
        whole.appendReplacement(text, with);
        return text.toString();
    }

    /** Whether {@code with} speaks only of groups that there are. */
    static boolean fits(Pattern pattern, String with) {
        try {
            Matcher nothing = Pattern.compile("(?:" + pattern.pattern() + ")?").matcher("");
            return nothing.matches() && nothing.appendReplacement(new StringBuilder(), with) != null;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return false;
        }
    }
}
