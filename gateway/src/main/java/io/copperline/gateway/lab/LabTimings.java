package io.copperline.gateway.lab;

import java.time.Duration;

/**
 * How long the lab's numbers take for what they do.
 *
 * @param earlyMedia how long 0105 plays before it answers
 * @param callBack how long 0106 waits before it calls back
 * @param talk how long 0107 talks before it holds the caller
 * @param hold how long 0107 holds the caller
 * @param stay how long 0109 stays before it hangs up
 * @param longestRing how long 0104 rings for a caller who never gives up
 * @param longestCall when a call ends whose peer has vanished without a BYE
 */
record LabTimings(
        Duration earlyMedia,
        Duration callBack,
        Duration talk,
        Duration hold,
        Duration stay,
        Duration longestRing,
        Duration longestCall) {
    /** What people are told. */
    static final LabTimings USUAL = new LabTimings(
            Duration.ofSeconds(3),
            Duration.ofSeconds(2),
            Duration.ofSeconds(3),
            Duration.ofSeconds(3),
            Duration.ofSeconds(3),
            Duration.ofMinutes(5),
            Duration.ofHours(2));
}
