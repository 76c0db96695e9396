package io.copperline.gateway.carrier;

import io.copperline.gateway.carrier.CallOutcome.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a call of the carrier's own is to come to.
 *
 * @param status the final one
 * @param sound whether there must be something to hear, here and, as far as it is told, there
 * @param digits that must come, all of them and no others; empty where they do not matter
 * @param otherEnds whether the called hangs up, not the carrier
 */
public record Expectation(int status, boolean sound, Optional<String> digits, boolean otherEnds) {
    /** Shorter is a click. */
    public static final int LEAST_SOUND_MILLIS = 200;

    /** What has not come to pass, each in words; nothing where all has. */
    public List<String> missing(CallOutcome outcome) {
        List<String> missing = new ArrayList<>();
        if (outcome.status() != status) {
            missing.add("status " + status + " expected, got " + (outcome.status() == 0 ? "none" : outcome.status()));
        }
        if (!outcome.answered()) {
            return missing;
        }
        if (sound && outcome.heard().soundMillis() < LEAST_SOUND_MILLIS) {
            missing.add("sound expected, got " + outcome.heard().soundMillis() + " ms of it");
        }
        if (sound && outcome.lost().orElse(0) > outcome.sent() / 2) {
            missing.add(
                    "our sound there expected, lost " + outcome.lost().getAsLong() + " packets of " + outcome.sent());
        }
        digits.filter(wanted -> !wanted.equals(outcome.heard().digits()))
                .ifPresent(wanted -> missing.add("digits " + wanted + " expected, got "
                        + (outcome.heard().digits().isEmpty()
                                ? "none"
                                : outcome.heard().digits())));
        Ending end = otherEnds ? Ending.OTHER_HUNG_UP : Ending.HUNG_UP;
        if (outcome.ending() != end) {
            missing.add("end " + end.spelled() + " expected, got "
                    + outcome.ending().spelled());
        }
        if (!outcome.why().isEmpty()) {
            missing.add(outcome.why());
        }
        return missing;
    }
}
