package io.copperline.sip;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * That somebody has forwarded a call.
 *
 * @param number who has: as the carrier wrote it, and empty where it is hidden
 * @param reason why
 * @param withheld whether the called shall not see who has
 * @param count how often it was forwarded so, one after the other (RFC 5806 section 4); once, usually
 */
public record Diversion(String number, Reason reason, boolean withheld, int count) {
    /** One that has forwarded it once. */
    public Diversion(String number, Reason reason, boolean withheld) {
        this(number, reason, withheld, 1);
    }

    /** Why a call was forwarded: the words of RFC 5806, with the causes of RFC 4458 that RFC 7544 takes them for. */
    public enum Reason {
        UNCONDITIONAL(302),
        USER_BUSY(486),
        NO_ANSWER(408),
        UNAVAILABLE(503),
        DEFLECTION(480),
        TIME_OF_DAY(404),
        DO_NOT_DISTURB(404),
        FOLLOW_ME(404),
        OUT_OF_SERVICE(404),
        AWAY(404),
        UNKNOWN(404);

        /** Deflection while it rang; {@link #DEFLECTION} stands for both. */
        private static final int DEFLECTED_RINGING = 487;

        private final int cause;

        Reason(int cause) {
            this.cause = cause;
        }

        int cause() {
            return cause;
        }

        /** As the header {@code Diversion} and our faces spell it, such as {@code no-answer}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Reason named(String word) {
            return Arrays.stream(values())
                    .filter(one -> one.wireName().equalsIgnoreCase(word))
                    .findFirst()
                    .orElse(UNKNOWN);
        }

        static Reason caused(String cause) {
            int code = cause.matches("[0-9]{3}") ? Integer.parseInt(cause) : 0;
            if (code == DEFLECTED_RINGING) {
                return DEFLECTION;
            }
            Optional<Reason> found = Arrays.stream(values())
                    .filter(one -> one.cause == code && code != UNKNOWN.cause)
                    .findFirst();
            return found.orElse(UNKNOWN);
        }
    }

    /** Redacted: it passes through logs. */
    @Override
    public String toString() {
        return "Diversion[" + reason.wireName() + "]";
    }
}
