package io.copperline.config;

/** Numbers that cost so much, or are called by so few, that fraud likes them. */
public enum DestinationKind {
    /** The called earns on each minute. */
    PREMIUM_RATE,
    /** Caller and called share what a call costs. */
    SHARED_COST,
    /** Satellite telephones, and international networks beside them: +870, +881, +882, +883. */
    SATELLITE
}
