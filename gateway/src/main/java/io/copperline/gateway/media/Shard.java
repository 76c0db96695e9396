package io.copperline.gateway.media;

import io.netty.channel.EventLoop;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A media thread and all that it owns: one event loop, one port number for its browsers, its calls. Other threads reach it
 * through {@link #execute} alone. It is the door of time, too: the clock is read here once per event, and passed on.
 */
public final class Shard implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(Shard.class);
    private static final long TICK_MILLIS = 5;
    private static final int PHASES = 4;

    private final int number;
    private final EventLoop loop;
    private final Transport transport;
    private final TrunkPorts ports;
    private final Runnable bugs;
    private final byte[] scratch = new byte[Transport.MAX_DATAGRAM_BYTES];
    private final SendBuffers sendBuffers = new SendBuffers();
    private final long epochOffsetNanos;
    private final AtomicInteger load = new AtomicInteger();

    /** Each call is served in one of the four phases, so that every tick has the same to do. */
    private final List<List<Ticked>> phases = new ArrayList<>();

    private final TickLateness lateness = new TickLateness(TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS));

    private int phase;
    private BrowserDoor browserDoor;

    Shard(int number, EventLoop loop, Transport transport, TrunkPorts ports, Runnable bugs) {
        this.number = number;
        this.loop = loop;
        this.transport = transport;
        this.ports = ports;
        this.bugs = bugs;
        for (int i = 0; i < PHASES; i++) {
            phases.add(new ArrayList<>());
        }
        Instant wall = wallTime();
        epochOffsetNanos = wall.getEpochSecond() * 1_000_000_000L + wall.getNano() - nowNanos();
    }

    void start(BrowserDoor door) {
        browserDoor = door;
        lateness.begin(nowNanos());
        var _ = loop.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        long now = nowNanos();
        lateness.onTick(now);
        List<Ticked> due = phases.get(phase);
        phase = (phase + 1) % PHASES;
        // By index, and from the end: whoever ends within its tick leaves the list.
        for (int i = due.size() - 1; i >= 0; i--) {
            if (i < due.size()) {
                tick(due.get(i), now);
            }
        }
        browserDoor.onTime(now);
    }

    /** The one place where a bug of one call ends, without the others noticing. */
    private void tick(Ticked ticked, long now) {
        try {
            ticked.onTick(now);
        } catch (RuntimeException e) {
            remove(ticked);
            bug(ticked, e);
        }
    }

    /** Logs and counts a bug, and lets its owner end the call it came up in. */
    void bug(Ticked owner, RuntimeException bug) {
        LOG.error("shard {}: a call failed", number, bug);
        bugs.run();
        try {
            owner.onBug();
        } catch (RuntimeException e) {
            LOG.error("shard {}: a call that failed does not end either", number, e);
        }
    }

    /** Runs the task on this shard's thread: the one door between threads. */
    @Override
    public void execute(Runnable task) {
        loop.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("shard {}: a task failed", number, e);
                bugs.run();
            }
            if (browserDoor != null) {
                browserDoor.flush();
            }
        });
    }

    /** Whether the thread is gone, which only a stop or a disaster brings about. */
    public boolean loopIsDown() {
        return loop.isShuttingDown();
    }

    /** How far this shard is behind with its ticks, from any thread: audio suffers from about 20 ms on. */
    public long latenessNanos() {
        return lateness.nanos(nowNanos());
    }

    /** Monotonic time. */
    public long nowNanos() {
        return System.nanoTime();
    }

    /** The time of day, for what people read. */
    public Instant wallTime() {
        return Instant.now();
    }

    /** What must be added to {@link #nowNanos} for nanoseconds since 1970. */
    long epochOffsetNanos() {
        return epochOffsetNanos;
    }

    /** Serves it every 20 ms from now on. */
    public void add(Ticked ticked) {
        List<Ticked> smallest = phases.getFirst();
        for (List<Ticked> candidate : phases) {
            smallest = candidate.size() < smallest.size() ? candidate : smallest;
        }
        smallest.add(ticked);
        load.incrementAndGet();
    }

    /** Serves it no longer. */
    public void remove(Ticked ticked) {
        for (List<Ticked> candidate : phases) {
            if (candidate.remove(ticked)) {
                load.decrementAndGet();
                return;
            }
        }
    }

    /** How many are served; readable from any thread. */
    int load() {
        return load.get();
    }

    EventLoop loop() {
        return loop;
    }

    Transport transport() {
        return transport;
    }

    TrunkPorts ports() {
        return ports;
    }

    /** The one buffer for what comes in. */
    byte[] scratch() {
        return scratch;
    }

    SendBuffers sendBuffers() {
        return sendBuffers;
    }

    BrowserDoor browserDoor() {
        return browserDoor;
    }
}
