package io.copperline.gateway.record;

import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets calls that are older than the operator wants to keep. Run by the schedule, at {@link #INTERVAL}. */
public final class RecordRetention implements Runnable {
    public static final Duration INTERVAL = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(RecordRetention.class);

    private final CallRecordStore store;
    private final Duration retention;
    private final InstantSource clock;

    public RecordRetention(CallRecordStore store, Duration retention, InstantSource clock) {
        this.store = store;
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public void run() {
        int forgotten = store.deleteBefore(clock.instant().minus(retention));
        if (forgotten > 0) {
            LOG.info("Deleted {} call records older than {} days", forgotten, retention.toDays());
        }
    }
}
