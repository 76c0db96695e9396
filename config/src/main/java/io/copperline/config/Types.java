package io.copperline.config;

import io.copperline.codecs.Secret;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The plain types of values. */
final class Types {
    private static final Pattern WHOLE = Pattern.compile("0|[1-9][0-9]{0,8}");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(ms|s|m|h|d)");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern WORD = Pattern.compile("[^\\s\\p{Cntrl}\"<>,;]{1,255}");
    private static final int LONGEST_TEXT = 4096;

    static final Type<String> TEXT = Type.of("text of one line", Types::line);

    /** What may stand in a SIP header without quotes. */
    static final Type<String> WORD_TEXT = Type.of("one word", text -> {
        if (!WORD.matcher(text).matches()) {
            throw new Mismatch();
        }
        return text;
    });

    static final Type<Secret> SECRET = new Type<>("a secret of one line", true, text -> new Secret(line(text)));

    static final Type<Boolean> YES_OR_NO = Type.of("true or false", text -> switch (text) {
        case "true" -> true;
        case "false" -> false;
        case "yes", "on", "True", "TRUE" -> throw new Mismatch("write true");
        case "no", "off", "False", "FALSE" -> throw new Mismatch("write false");
        default -> throw new Mismatch();
    });

    static final Type<Path> PATH = Type.of("a path", text -> {
        try {
            return Path.of(line(text));
        } catch (InvalidPathException e) {
            throw new Mismatch();
        }
    });

    static final Type<String> REGION = Type.of("a region of two capital letters (ISO 3166-1)", text -> {
        List<String> regions = Arrays.asList(Locale.getISOCountries());
        if (regions.contains(text)) {
            return text;
        }
        String upper = text.toUpperCase(Locale.ROOT);
        throw regions.contains(upper) ? new Mismatch("write region: " + upper) : new Mismatch();
    });

    static final Type<Pattern> REGEX = Type.of("a regular expression for the whole number in E.164", Types::pattern);

    private Types() {}

    static Type<Integer> whole(int least, int most) {
        return Type.of("a whole number from " + least + " to " + most, text -> number(text, least, most));
    }

    /** A whole number, or {@code auto} for {@code automatic}. */
    static Type<Integer> wholeOrAuto(int least, int most, int automatic) {
        return Type.of(
                "auto or a whole number from " + least + " to " + most,
                text -> text.equals("auto") ? automatic : number(text, least, most));
    }

    static int number(String text, int least, int most) throws Mismatch {
        if (!WHOLE.matcher(text).matches()) {
            throw new Mismatch();
        }
        int number = Integer.parseInt(text);
        if (number < least || number > most) {
            throw new Mismatch();
        }
        return number;
    }

    /** A time such as {@code 30s}; {@code 0} too, where {@code zero} says what that means. */
    static Type<Duration> duration(Duration least, Duration most, String zero) {
        String expected =
                "a time from " + words(least) + " to " + words(most) + (zero.isEmpty() ? "" : ", or 0 " + zero);
        return Type.of(expected, text -> {
            if (text.equals("0") && !zero.isEmpty()) {
                return Duration.ZERO;
            }
            Duration time = duration(text);
            if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
                throw new Mismatch();
            }
            return time;
        });
    }

    private static Duration duration(String text) throws Mismatch {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            throw WHOLE.matcher(text).matches() ? new Mismatch("add a unit: ms, s, m, h or d") : new Mismatch();
        }
        long count = Long.parseLong(parts.group(1));
        try {
            return switch (parts.group(2)) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
            };
        } catch (ArithmeticException | DateTimeException e) {
            throw new Mismatch();
        }
    }

    private static String words(Duration time) {
        if (time.toDays() > 0 && time.equals(Duration.ofDays(time.toDays()))) {
            return time.toDays() + "d";
        }
        if (time.toHours() > 0 && time.equals(Duration.ofHours(time.toHours()))) {
            return time.toHours() + "h";
        }
        return time.equals(Duration.ofSeconds(time.toSeconds())) ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }

    /** One of the constants of an enum, written {@code like-this}. */
    static <E extends Enum<E>> Type<E> oneOf(Class<E> type) {
        return oneOf(List.of(type.getEnumConstants()));
    }

    /** One of some constants of an enum, likewise. */
    static <E extends Enum<E>> Type<E> oneOf(List<E> constants) {
        List<String> names = constants.stream()
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        String last = names.getLast();
        String expected = String.join(", ", names.subList(0, names.size() - 1)) + " or " + last;
        return Type.of(expected, text -> {
            int index = names.indexOf(text);
            if (index >= 0) {
                return constants.get(index);
            }
            throw Nearest.to(text, names)
                    .map(nearest -> new Mismatch("write " + nearest))
                    .orElseGet(Mismatch::new);
        });
    }

    static Pattern pattern(String text) throws Mismatch {
        try {
            return Pattern.compile(line(text));
        } catch (PatternSyntaxException e) {
            throw new Mismatch("correct the expression: " + e.getDescription());
        }
    }

    private static String line(String text) throws Mismatch {
        if (text.length() > LONGEST_TEXT || CONTROL.matcher(text).find()) {
            throw new Mismatch();
        }
        return text;
    }
}
