package io.copperline.gateway.carrier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What has become of a call that the carrier has made.
 *
 * @param number as it was ordered
 * @param status the final one; 0 where none came
 * @param answerMillis after how long that came
 * @param sent packets of audio that went out
 * @param lost how many of them the other side has not got, as its last report (RTCP) has it; empty where it has told nothing
 * @param why a cause in words, where it did not come to an answer; empty otherwise
 */
public record CallOutcome(
        String number,
        int status,
        long answerMillis,
        long sent,
        OptionalLong lost,
        Heard heard,
        Ending ending,
        String why) {
    /** How it ended. */
    public enum Ending {
        /** The carrier hung up when the time was over. */
        HUNG_UP,
        /** The called hung up. */
        OTHER_HUNG_UP,
        /** A status of 300 or above. */
        REFUSED,
        /** Nobody answered in time, and it was cancelled. */
        CANCELLED,
        /** There was no way to the called, or no answer to a message. */
        FAILED;

        String spelled() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Whether somebody picked up. */
    public boolean answered() {
        return status / 100 == 2;
    }

    /**
     * As one JSON object: {@code event}, and what is known.
     *
     * @param missing what has not come to pass of what was asked for
     */
    public String json(List<String> missing) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("event", "call")
                .put("number", number)
                .put("status", status)
                .put("answerMillis", answerMillis)
                .put("packetsSent", sent)
                .put("packetsLost", lost.isPresent() ? (Long) lost.getAsLong() : null)
                .put("packetsHeard", heard.packets())
                .put("soundMillis", heard.soundMillis())
                .put("toneMillis", heard.toneMillis())
                .put("digits", heard.digits())
                .put("end", ending.spelled());
        if (!why.isEmpty()) {
            json.put("why", why);
        }
        missing.forEach(json.putArray("missing")::add);
        return json.toString();
    }

    @Override
    public String toString() {
        String first =
                "call " + number + ": " + (status == 0 ? "no status" : status + " after " + answerMillis + " ms");
        String audio = answered()
                ? "; sent " + sent + " packets"
                        + (lost.isPresent() ? " (" + lost.getAsLong() + " lost there)" : "") + ", heard "
                        + heard.packets() + ", " + heard.soundMillis() + " ms of sound"
                        + (heard.toneMillis() > 0 ? ", " + heard.toneMillis() + " ms of it our tone" : "")
                        + (heard.digits().isEmpty() ? "" : ", digits " + heard.digits())
                : "";
        return first + audio + "; " + ending.spelled() + (why.isEmpty() ? "" : ": " + why);
    }
}
