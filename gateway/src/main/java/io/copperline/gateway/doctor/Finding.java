package io.copperline.gateway.doctor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Locale;

/**
 * What a step came to.
 *
 * @param step its name, one word
 * @param what what was found, for people
 * @param fix what to do about it; empty where nothing is wrong
 * @param millis how long it took
 */
public record Finding(String step, Outcome outcome, String what, String fix, long millis) {
    /** As one JSON object: {@code step}, {@code outcome}, {@code what}, {@code fix}, {@code millis}. */
    public String json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("step", step)
                .put("outcome", outcome.spelled())
                .put("what", what)
                .put("fix", fix)
                .put("millis", millis)
                .toString();
    }

    /** Whether the step is done with. */
    public enum Outcome {
        PASS,
        FAIL,
        /** There is nothing to try, by this trunk's settings or because an earlier step failed. */
        SKIPPED;

        /** In small letters. */
        public String spelled() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
