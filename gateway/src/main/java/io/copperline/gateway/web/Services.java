package io.copperline.gateway.web;

import io.copperline.gateway.call.Calls;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** What every WebSocket needs of the server. */
record Services(
        Calls calls,
        WebUsers users,
        Loop loop,
        Front front,
        Problems problems,
        SocketQuota quota,
        WebCounters counters,
        Timings timings,
        IceServers iceServers,
        InstantSource clock,
        LongSupplier nowNanos) {
    /** Monotonic time, for silence. */
    long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(nowNanos.getAsLong());
    }
}
