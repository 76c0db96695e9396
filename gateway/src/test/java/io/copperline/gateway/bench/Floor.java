package io.copperline.gateway.bench;

import io.copperline.codecs.audio.Opus;
import io.copperline.codecs.srtp.SrtpProfile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What the stream costs at the least: for each call and 20 ms two datagrams read and two sent by bare socket calls, one SRTP
 * packet opened and one sealed, one Opus packet decoded and one encoded. No jitter buffer, no RTCP, no calls. One thread, whose
 * processor time is read around each kind of work; packets come on the same grid as in a call, four phases of 5 ms, from a
 * feeder that is not counted.
 */
final class Floor {
    /** The kinds of work, in the order they are done in. */
    enum Work {
        RECEIVE,
        UNPROTECT,
        DECODE,
        ENCODE,
        PROTECT,
        SEND
    }

    private static final int PHASES = 4;
    private static final long PHASE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long FRAMES_PER_SECOND = 50;

    /** Milliseconds of processor time per call-second, by kind of work. */
    record Cost(Map<Work, Double> millis) {
        double total() {
            return millis.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final FloorWorld world;
    private final List<List<FloorStream>> phases = new ArrayList<>();
    private final long[] spentNanos = new long[Work.values().length];
    private long frames;

    private Floor(FloorWorld world) {
        this.world = world;
    }

    /** Measures for so long, after half as long to warm up. */
    static Cost measure(Opus opus, SpeechLoop speech, SrtpProfile profile, int calls, int seconds) throws IOException {
        try (FloorWorld world = new FloorWorld(opus, speech, profile)) {
            Floor floor = new Floor(world);
            for (int p = 0; p < PHASES; p++) {
                floor.phases.add(new ArrayList<>());
            }
            for (int i = 0; i < calls; i++) {
                floor.phases.get(i % PHASES).add(world.stream(i));
            }
            floor.run(Math.max(1, seconds / 2));
            floor.forget();
            floor.run(seconds);
            return floor.cost();
        }
    }

    private void forget() {
        java.util.Arrays.fill(spentNanos, 0);
        frames = 0;
    }

    private void run(int seconds) throws IOException {
        long next = System.nanoTime();
        long end = next + TimeUnit.SECONDS.toNanos(seconds);
        for (int phase = 0; next < end; phase = (phase + 1) % PHASES) {
            List<FloorStream> due = phases.get(phase);
            world.feed(due);
            next += PHASE_NANOS;
            for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            work(due);
        }
    }

    private void work(List<FloorStream> due) throws IOException {
        long at = threads.getCurrentThreadCpuTime();
        for (FloorStream stream : due) {
            stream.receive();
        }
        at = spent(Work.RECEIVE, at);
        for (FloorStream stream : due) {
            stream.unprotect();
        }
        at = spent(Work.UNPROTECT, at);
        for (FloorStream stream : due) {
            stream.decode();
        }
        at = spent(Work.DECODE, at);
        for (FloorStream stream : due) {
            stream.encode();
        }
        at = spent(Work.ENCODE, at);
        for (FloorStream stream : due) {
            stream.protect();
        }
        at = spent(Work.PROTECT, at);
        for (FloorStream stream : due) {
            stream.send();
        }
        spent(Work.SEND, at);
        frames += due.size();
    }

    private long spent(Work work, long since) {
        long now = threads.getCurrentThreadCpuTime();
        spentNanos[work.ordinal()] += now - since;
        return now;
    }

    private Cost cost() {
        Map<Work, Double> millis = new EnumMap<>(Work.class);
        for (Work work : Work.values()) {
            millis.put(work, spentNanos[work.ordinal()] * FRAMES_PER_SECOND / (frames * 1e6));
        }
        return new Cost(millis);
    }
}
