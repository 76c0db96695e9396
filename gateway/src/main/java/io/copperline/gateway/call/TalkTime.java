package io.copperline.gateway.call;

import io.copperline.gateway.ops.Logs;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long a call may talk: as long as its token lets it, and while there are minutes of the day. Owned by the call. */
final class TalkTime {
    private static final Logger LOG = LoggerFactory.getLogger(TalkTime.class);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Call call;
    private long answeredNanos;
    /** How long it has talked when the minutes of the day are looked at next. */
    private long lookNanos;

    TalkTime(Call call) {
        this.call = call;
    }

    void begin(long nowNanos) {
        answeredNanos = nowNanos;
    }

    /** Ends the call when its time is over; to be called while it talks. */
    void onTick(long nowNanos) {
        long talkedNanos = nowNanos - answeredNanos;
        var longest = call.parties().maxSeconds();
        if (longest.isPresent() && talkedNanos >= TimeUnit.SECONDS.toNanos(longest.getAsInt())) {
            call.end(EndCode.MAX_DURATION, CallEvent.Party.GATEWAY);
        } else if (talkedNanos >= lookNanos) {
            lookNanos = talkedNanos + LOOK_NANOS;
            call.moves().spent().ifPresent(this::usedUp);
        }
    }

    private void usedUp(Subject whose) {
        try (var _ = Logs.call(call.id())) {
            LOG.info("The minutes of today are used up for {}", whose);
        }
        call.end(EndCode.MINUTES_USED_UP, CallEvent.Party.GATEWAY);
    }
}
