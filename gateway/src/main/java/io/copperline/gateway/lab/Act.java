package io.copperline.gateway.lab;

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
    HANG_UP;

    private static final String NUMBERS = "1202555010";

    /** What a called number does, written with or without plus; empty where it is not one of the lab's. */
    static Optional<Act> of(String number) {
        String digits = digits(number);
        if (digits.length() != NUMBERS.length() + 1 || !digits.startsWith(NUMBERS)) {
            return Optional.empty();
        }
        int last = digits.charAt(NUMBERS.length()) - '0';
        return last >= 0 && last < values().length ? Optional.of(values()[last]) : Optional.empty();
    }

    /** The number as others are called from it. */
    String number() {
        return "+" + NUMBERS + ordinal();
    }

    /** A number without its plus, so that two ways to write it are the same. */
    static String digits(String number) {
        return number.startsWith("+") ? number.substring(1) : number;
    }
}
