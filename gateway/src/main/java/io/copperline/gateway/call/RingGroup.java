package io.copperline.gateway.call;

import io.copperline.config.RingPlan;
import io.copperline.gateway.call.Presence.Reason;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Whose tabs ring for one call, together or in turn, and what came of it. Owned by the call. */
final class RingGroup {
    private final RingPlan plan;
    private final Presence presence;
    private final Presence.IncomingCall call;
    private final Deque<String> waiting;
    private final Set<String> ringing = new LinkedHashSet<>();
    private long deadlineNanos;
    private boolean declined;
    private boolean unanswered;

    RingGroup(RingPlan plan, Presence presence, Presence.IncomingCall call) {
        this.plan = plan;
        this.presence = presence;
        this.call = call;
        waiting = new ArrayDeque<>(plan.users());
    }

    /** Rings all, or the next who is there; false where nobody is left. */
    boolean ring(long nowNanos) {
        boolean together = plan.order() == RingPlan.Order.TOGETHER;
        deadlineNanos = nowNanos + plan.each().toNanos();
        while (!waiting.isEmpty() && (together || ringing.isEmpty())) {
            String user = waiting.removeFirst();
            if (presence.ring(user, call) > 0) {
                ringing.add(user);
            }
        }
        return !ringing.isEmpty();
    }

    /** Who has not answered in time rings no more; false where nobody is left. */
    boolean onTime(long nowNanos) {
        if (nowNanos - deadlineNanos < 0) {
            return true;
        }
        unanswered = true;
        stop(Reason.NOT_ANSWERED);
        return ring(nowNanos);
    }

    /** One user does not want it; false where nobody is left who might. */
    boolean decline(String user, long nowNanos) {
        if (ringing.remove(user)) {
            declined = true;
            presence.stopRinging(user, call.id(), Reason.DECLINED_ELSEWHERE);
        }
        return !ringing.isEmpty() || ring(nowNanos);
    }

    void stop(Reason reason) {
        List<String> all = List.copyOf(ringing);
        ringing.clear();
        all.forEach(user -> presence.stopRinging(user, call.id(), reason));
    }

    /** What the caller is told when nobody is left. */
    EndCode outcome() {
        if (unanswered) {
            return EndCode.NO_ANSWER;
        }
        return declined ? EndCode.DECLINED : EndCode.UNAVAILABLE;
    }
}
