package io.copperline.gateway.call;

import io.copperline.sip.Diversion;
import java.time.Instant;
import java.util.List;

/**
 * How a call in goes on to a number.
 *
 * @param to the number, in E.164
 * @param ways best first
 * @param shown the caller that it sees, in E.164; empty where there is none
 * @param withheld whether that number shall not see who calls
 * @param diversions who has forwarded it, the last one first: the number that was called, and those before
 * @param maxForwards how many more may send it on
 * @param permits what it has taken of the limits
 * @param turn its place among those that may go round in circles
 */
record ForwardPlan(
        String to,
        List<Way> ways,
        String shown,
        boolean withheld,
        List<Diversion> diversions,
        int maxForwards,
        CallPermits permits,
        Circles.Turn turn) {
    ForwardPlan {
        ways = List.copyOf(ways);
        diversions = List.copyOf(diversions);
    }

    void answered(Instant now) {
        permits.answered(now);
        turn.over();
    }

    void close() {
        turn.over();
    }
}
