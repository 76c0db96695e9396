package io.copperline.gateway.doctor;

/**
 * What a step came to.
 *
 * @param step its name, one word
 * @param what what was found, for people
 * @param fix what to do about it; empty where nothing is wrong
 * @param millis how long it took
 */
public record Finding(String step, Outcome outcome, String what, String fix, long millis) {
    /** Whether the step is done with. */
    public enum Outcome {
        PASS,
        FAIL,
        /** There is nothing to try, by this trunk's settings or because an earlier step failed. */
        SKIPPED
    }
}
