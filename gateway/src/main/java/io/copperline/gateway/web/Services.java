package io.copperline.gateway.web;

import io.copperline.gateway.call.Calls;
import java.time.InstantSource;

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
        InstantSource clock) {}
