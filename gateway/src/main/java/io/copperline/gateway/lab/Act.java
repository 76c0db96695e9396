package io.copperline.gateway.lab;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a number of the lab does with a call. Their order is that of the numbers, +12025550100 and on. */
enum Act {
    /** Returns what it hears. */
    ECHO,
    /** Sends each digit back. */
    DIGITS,
    /** Plays speech. */
    SPEECH,
    /** 486. */
    BUSY,
    /** Rings until the caller gives up. */
    NO_ANSWER,
    /** Plays speech before it answers, and after. */
    EARLY_MEDIA,
    /** Plays speech; calls back once the caller has hung up. */
    CALL_BACK,
    /** Plays speech, holds the caller, and resumes. */
    HOLD,
    /** 603. */
    DECLINE,
    /** Plays speech and hangs up. */
    HANG_UP,
    /** Returns what it hears, and sends each digit back. */
    TEST_LINE;

    private static final String EXCHANGE = "1202555";
    private static final int FIRST = 100;

    /** What a called number does, written with or without plus; empty where it is not one of the lab's. */
    static Optional<Act> of(String number) {
        String digits = digits(number);
        return Arrays.stream(values())
                .filter(act -> digits(act.number()).equals(digits))
                .findFirst();
    }

    /** The number as others are called from it. */
    String number() {
        return String.format(Locale.ROOT, "+%s%04d", EXCHANGE, FIRST + ordinal());
    }

    /** A number without its plus, so that two ways to write it are the same. */
    static String digits(String number) {
        return number.startsWith("+") ? number.substring(1) : number;
    }
}
