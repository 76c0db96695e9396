package io.copperline.gateway.call;

/** What can be limited, by the keys of the configuration. */
enum LimitKind {
    CALLS("calls", "has as many calls as it may have at once. Try again when one of them is over."),
    CHANNELS("channels", "has as many calls, in and out, as it may have at once. Try again when one of them is over."),
    CALLS_PER_SECOND("calls-per-second", "begins as many calls in a second as it may. Try again in a moment."),
    MINUTES_PER_DAY("minutes-per-day", "has talked for as long as it may today. Try again tomorrow.");

    private final String key;
    private final String remedy;

    LimitKind(String key, String remedy) {
        this.key = key;
        this.remedy = remedy;
    }

    String key() {
        return key;
    }

    /** What stands behind the name of the subject. */
    String remedy() {
        return remedy;
    }
}
