package io.copperline.gateway.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes records. A database that is away is tried again and again while the queue holds; a record
 * that the database refuses is dropped and counted, so that it never stands in the way of the others.
 */
final class RecordWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordWriter.class);

    private static final int BATCH = 64;
    private static final long LOOK_UP_MILLIS = 250;
    private static final long FIRST_RETRY_MILLIS = 250;
    private static final long LONGEST_RETRY_MILLIS = 30_000;

    private final DataSource database;
    private final BlockingQueue<CallRecord> queue;
    private final Duration drainTime;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch givingUp = new CountDownLatch(1);
    private final AtomicLong dropped = new AtomicLong();
    private final Thread thread;

    RecordWriter(DataSource database, int queueLength, Duration drainTime) {
        this.database = database;
        this.queue = new ArrayBlockingQueue<>(queueLength);
        this.drainTime = drainTime;
        this.thread = Thread.ofVirtual().name("records").start(this::run);
    }

    boolean offer(CallRecord record) {
        boolean taken = closing.getCount() > 0 && queue.offer(record);
        if (!taken) {
            dropped.incrementAndGet();
        }
        return taken;
    }

    int pending() {
        return queue.size();
    }

    long dropped() {
        return dropped.get();
    }

    private void run() {
        try {
            while (closing.getCount() > 0 || !queue.isEmpty()) {
                CallRecord first = queue.poll(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    List<CallRecord> batch = new ArrayList<>(BATCH);
                    batch.add(first);
                    queue.drainTo(batch, BATCH - 1);
                    writeAll(batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeAll(List<CallRecord> batch) throws InterruptedException {
        long retryMillis = FIRST_RETRY_MILLIS;
        int written = 0;
        while (written < batch.size()) {
            try (Connection connection = database.getConnection();
                    PreparedStatement insert = connection.prepareStatement(CallRecordRow.INSERT)) {
                for (; written < batch.size(); written++) {
                    write(insert, batch.get(written));
                }
            } catch (SQLException e) {
                LOG.warn(
                        "Call records wait: the database is away ({}); next try in {} ms", e.getMessage(), retryMillis);
                if (givingUp.await(retryMillis, TimeUnit.MILLISECONDS)) {
                    dropped.addAndGet(batch.size() - written);
                    return;
                }
                retryMillis = Math.min(retryMillis * 2, LONGEST_RETRY_MILLIS);
            }
        }
    }

    private void write(PreparedStatement insert, CallRecord record) throws SQLException {
        try {
            CallRecordRow.bind(insert, record);
            insert.executeUpdate();
        } catch (SQLException e) {
            String state = e.getSQLState() == null ? "" : e.getSQLState();
            if (state.equals("23505")) {
                return; // Written by the try whose connection broke before it could say so.
            }
            if (!state.startsWith("22") && !state.startsWith("23")) {
                throw e;
            }
            dropped.incrementAndGet();
            LOG.error("The database refuses the record of call {}: {}", record.callId(), e.getMessage());
        }
    }

    /** Writes what waits, for at most the drain time. */
    @Override
    public void close() {
        closing.countDown();
        try {
            if (!thread.join(drainTime)) {
                givingUp.countDown();
                thread.interrupt();
                thread.join(drainTime);
                long lost = queue.size();
                dropped.addAndGet(lost);
                LOG.error("The database is away: {} call records are lost at this stop", dropped.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
