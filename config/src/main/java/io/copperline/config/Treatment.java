package io.copperline.config;

import java.util.Optional;

/** What becomes of a call in. */
public sealed interface Treatment {
    /**
     * Phones of web users ring.
     *
     * @param otherwise where the call goes when none of them answers; empty: back to the caller
     */
    record Ring(RingPlan plan, Optional<Forward> otherwise) implements Treatment {}

    /**
     * It goes on to a number of the telephone network.
     *
     * @param number in E.164
     * @param as who the number is told is calling
     */
    record Forward(String number, As as) implements Treatment {
        public enum As {
            /** Whoever calls. */
            CALLER,
            /** The number that was called. */
            CALLED
        }

        /** Redacted: it passes through logs. */
        @Override
        public String toString() {
            return "Forward[as " + as + "]";
        }
    }

    /** Nobody's phone rings. */
    record Refuse(Refusal reason) implements Treatment {}

    /** Why a call in is refused. */
    enum Refusal {
        BUSY,
        DECLINED,
        UNAVAILABLE,
        NOT_FOUND,
        UNWANTED
    }
}
