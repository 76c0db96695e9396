package io.copperline.gateway.carrier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * Something that a carrier with these habits does not take.
 *
 * @param method of the request, or {@code RTP}
 * @param habit the key of the habits file, or {@code form} for what RFC 3261 wants of everyone
 * @param got what came instead, up to {@link #LONGEST} characters; empty for nothing
 * @param status what it is refused with, where it is the first thing that is wrong; 0 where nothing is answered
 */
public record Violation(String method, String habit, String expected, String got, int status) {
    private static final int LONGEST = 200;

    /** What came is written to terminals. */
    public Violation {
        got = got.replaceAll("\\p{Cntrl}", "?");
        got = got.length() > LONGEST ? got.substring(0, LONGEST) + "..." : got;
    }

    /** As one JSON object: {@code event}, and the components by their names. */
    public String json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("event", "violation")
                .put("method", method)
                .put("habit", habit)
                .put("expected", expected)
                .put("got", got)
                .put("status", status)
                .toString();
    }

    @Override
    public String toString() {
        return method + ": " + habit + ": expected " + expected + ", got " + (got.isEmpty() ? "nothing" : got)
                + (status == 0 ? "" : "; refused with " + status);
    }
}
