package io.copperline.gateway.carrier;

import java.util.Optional;

/**
 * A call that the carrier is to make.
 *
 * @param number who is called, best in E.164 with its plus; the habits say how it is written
 * @param caller likewise
 * @param withheld whether the caller does not want to be known
 * @param name the caller's, without quotes and control characters; empty for none
 * @param divertedBy who has forwarded it
 * @param digits pressed a second after the answer
 * @param talkMillis how long it goes on after the answer; 0: until the other side hangs up, or for {@link #LONGEST_MILLIS}
 * @param ringMillis how long it waits for the answer before it is cancelled
 */
public record CallOrder(
        String number,
        String caller,
        boolean withheld,
        String name,
        Optional<String> divertedBy,
        String digits,
        long talkMillis,
        long ringMillis) {
    /** However long it is to go on. */
    public static final long LONGEST_MILLIS = 600_000;
}
