package io.copperline.gateway.call;

/**
 * A limit that a call in has met, and how its carrier hears of it.
 *
 * <p>A trunk without a free channel is 503: that is what sends a carrier on to the next server or trunk of its customer's (RFC 3263 section
 * 4.3), and a switch behind it likewise (Q.850 cause 42), for busy would be the callers' last word. A rule that is full is 486 and cause 17: its
 * number is engaged, by whichever trunk one calls it, and a 503 would keep calls to other numbers away, too (RFC 3261 section 21.5.4).
 *
 * @param cause for the record and the log
 */
record LimitIn(int status, int q850, String cause) {
    private static final int BUSY = 486;
    private static final int UNAVAILABLE = 503;

    static LimitIn of(CallLimiter.Met met) {
        return met.of().kind() == Subject.Kind.CHANNELS
                ? new LimitIn(UNAVAILABLE, EndCode.LIMIT_REACHED.q850(), met.toString())
                : new LimitIn(BUSY, EndCode.BUSY.q850(), met.toString());
    }
}
