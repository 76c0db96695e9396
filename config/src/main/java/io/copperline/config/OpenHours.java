package io.copperline.config;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;

/**
 * When a rule is in force.
 *
 * @param spans times of the day; empty: all day
 * @param days days of the week; empty: every day
 * @param zone whose clocks count
 */
public record OpenHours(List<Span> spans, Set<DayOfWeek> days, ZoneId zone) {
    public static final OpenHours ALWAYS = new OpenHours(List.of(), Set.of(), ZoneOffset.UTC);

    private static final int MINUTES_OF_HOUR = 60;

    public OpenHours {
        spans = List.copyOf(spans);
        days = Set.copyOf(days);
    }

    /**
     * From one minute of the day up to another, in the next day where that is the earlier one. What goes beyond midnight
     * belongs to the day on which it began.
     *
     * @param from 0 to 1439
     * @param to 1 to 1440, not included
     */
    public record Span(int from, int to) {
        private boolean overnight() {
            return to < from;
        }
    }

    public boolean open(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        int minute = local.getHour() * MINUTES_OF_HOUR + local.getMinute();
        DayOfWeek today = local.getDayOfWeek();
        if (spans.isEmpty()) {
            return on(today);
        }
        return spans.stream().anyMatch(span -> open(span, minute, today));
    }

    private boolean open(Span span, int minute, DayOfWeek today) {
        if (!span.overnight()) {
            return on(today) && minute >= span.from() && minute < span.to();
        }
        return on(today) && minute >= span.from() || on(today.minus(1)) && minute < span.to();
    }

    private boolean on(DayOfWeek day) {
        return days.isEmpty() || days.contains(day);
    }
}
