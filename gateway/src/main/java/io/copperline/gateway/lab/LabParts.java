package io.copperline.gateway.lab;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** What all calls of a lab share. */
record LabParts(
        LabLoop loop,
        RtpPorts ports,
        Speech speech,
        LabTimings timings,
        LabDrops drops,
        InstantSource clock,
        RandomGenerator random) {

    /** What must be added to the loop's time for nanoseconds since 1970. */
    long epochOffsetNanos() {
        Instant now = clock.instant();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano() - loop.nowNanos();
    }
}
