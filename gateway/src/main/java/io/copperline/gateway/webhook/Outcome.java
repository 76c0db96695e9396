package io.copperline.gateway.webhook;

import java.util.Locale;

/** How a question can end; {@code docs/metrics.md} lists them. */
public enum Outcome {
    /** The service said what becomes of the call. */
    ANSWERED,
    /** It left that to the rule. */
    OPEN,
    /** It said nothing in time. */
    TIMEOUT,
    /** It cannot be reached, or is not whom its certificate should name. */
    UNREACHABLE,
    /** Its status is another than 2xx. */
    STATUS,
    /** What it said makes no sense. */
    MALFORMED,
    /** It said more than is read. */
    TOO_LARGE,
    /** As many questions as may be were out already. */
    TOO_MANY,
    /** The caller hung up meanwhile. */
    CANCELLED;

    /** As metrics spell it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
