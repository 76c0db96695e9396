package io.copperline.config;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types of values that only rules have. */
final class RouteTypes {
    private static final Pattern SPAN = Pattern.compile("([0-9]{2}):([0-9]{2}) ?- ?([0-9]{2}):([0-9]{2})");
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final Pattern DAY_RANGE = Pattern.compile("([a-z]{3})(?: ?- ?([a-z]{3}))?");
    private static final Pattern ENDS = Pattern.compile("(\\+[1-9][0-9]{1,14}) ?- ?(\\+[1-9][0-9]{1,14})");
    private static final int MINUTES_OF_HOUR = 60;
    private static final int MINUTES_OF_DAY = 1_440;

    static final Type<OpenHours.Span> SPAN_OF_DAY = Type.of("times of the day such as 08:00-18:00", text -> {
        Matcher parts = SPAN.matcher(text);
        if (!parts.matches()) {
            throw new Mismatch();
        }
        int from = minute(parts.group(1), parts.group(2));
        int to = minute(parts.group(3), parts.group(4));
        if (from == MINUTES_OF_DAY || to == 0) {
            throw new Mismatch("write 00:00 at the beginning, and 24:00 at the end");
        }
        if (from == to) {
            throw new Mismatch("remove it: a rule without hours is in force all day");
        }
        return new OpenHours.Span(from, to);
    });

    static final Type<Set<DayOfWeek>> DAYS_OF_WEEK = Type.of("days such as mon-fri or sun", text -> {
        Matcher parts = DAY_RANGE.matcher(text);
        if (!parts.matches()) {
            throw new Mismatch();
        }
        DayOfWeek day = day(parts.group(1));
        DayOfWeek last = parts.group(2) == null ? day : day(parts.group(2));
        Set<DayOfWeek> days = EnumSet.of(day);
        while (day != last) {
            day = day.plus(1);
            days.add(day);
        }
        return days;
    });

    static final Type<CalledNumbers.Range> RANGE =
            Type.of("two numbers in E.164 such as +4930123400-+4930123499", text -> {
                Matcher ends = ENDS.matcher(text);
                if (!ends.matches()) {
                    throw new Mismatch();
                }
                CalledNumbers.Range range = new CalledNumbers.Range(ends.group(1), ends.group(2));
                if (!range.has(range.last())) {
                    throw new Mismatch("write the lower number first, and both with as many digits");
                }
                return range;
            });

    static final Type<ZoneId> TIME_ZONE = Type.of("a time zone such as Europe/Berlin (IANA)", text -> {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw Nearest.to(text, ZoneId.getAvailableZoneIds())
                    .map(nearest -> new Mismatch("write " + nearest))
                    .orElseGet(Mismatch::new);
        }
    });

    static final Type<TrunkChoice> TRUNK = Type.of(
            "a trunk's name, or name and weight",
            text -> TrunkChoice.of(Types.TEXT.parser().parse(text)));

    /** What may stand before or after a change of a number. */
    static final Type<String> DIALLED = Type.of("digits, with a plus before them where it is wanted", text -> {
        if (!text.matches("\\+?[0-9*#]{0,20}")) {
            throw new Mismatch();
        }
        return text;
    });

    static final Type<String> SHORT_NUMBER = Type.of("a number of 2 to 8 digits", text -> {
        if (!text.matches("[0-9]{2,8}")) {
            throw new Mismatch();
        }
        return text;
    });

    private RouteTypes() {}

    private static int minute(String hours, String minutes) throws Mismatch {
        int minute = Integer.parseInt(hours) * MINUTES_OF_HOUR + Integer.parseInt(minutes);
        if (Integer.parseInt(minutes) >= MINUTES_OF_HOUR || minute > MINUTES_OF_DAY) {
            throw new Mismatch();
        }
        return minute;
    }

    private static DayOfWeek day(String name) throws Mismatch {
        int index = DAYS.indexOf(name);
        if (index < 0) {
            throw new Mismatch("use mon, tue, wed, thu, fri, sat and sun");
        }
        return DayOfWeek.of(index + 1);
    }
}
