package io.copperline.gateway.bench.trunk;

import io.copperline.gateway.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Calls of a trunk that are up and silent: what one of them holds, and whether it is given back. */
final class IdleLegs {
    private static final int PER_SECOND = 400;
    private static final int HELD_SECONDS = 12;
    private static final int PATIENCE_SECONDS = 60;
    private static final int ENDED = 0;
    private static final int OPEN = 1;
    private static final int IN_USE = 2;
    private static final int HEAP = 3;

    /**
     * Kilobytes for each call.
     *
     * @param heapLeft what is still on the heap when all calls are over and RFC 3261's timers have run out
     * @param ledgerLeft dialogs and transactions that the endpoint still has then
     */
    record Memory(int calls, double heap, double outsideHeap, double heapLeft, long ledgerLeft) {}

    private final Path directory;

    IdleLegs(Path directory) {
        this.directory = directory;
    }

    Memory measure(int calls) throws Exception {
        int port = FreePorts.one();
        int caller = FreePorts.one();
        try (OwnProcess answering = OwnProcess.java(Answering.class, port + "", caller + "")) {
            // Calls before, so that classes, compiled code and tables are there.
            hold(port, caller, calls, 0).close(() -> answering.figures("ended")[ENDED] >= calls);
            settle(answering);
            double heap = answering.figures("memory")[HEAP];
            double resident = answering.residentKilobytes();
            Held held = hold(port, caller, calls, HELD_SECONDS);
            until("calls are up", () -> answering.figures("open")[OPEN] >= calls);
            // What is over of their INVITEs goes first: 5 s (RFC 3261 section 17.2.1, timer I) at the most.
            until("only the calls are left", () -> answering.figures("in use")[IN_USE] == 0);
            double heapHeld = answering.figures("memory")[HEAP];
            double residentHeld = answering.residentKilobytes();
            if (answering.figures("open")[OPEN] < calls) {
                throw new IOException("calls were over before they were measured");
            }
            held.close(() -> answering.figures("ended")[ENDED] >= 2 * calls);
            settle(answering);
            double[] last = answering.figures("memory");
            return new Memory(
                    calls,
                    (heapHeld - heap) / calls,
                    (residentHeld - resident) / calls,
                    (last[HEAP] - heap) / calls,
                    (long) (last[OPEN] + last[IN_USE]));
        }
    }

    private static void settle(OwnProcess answering) throws Exception {
        until("nothing is in use", () -> answering.figures("in use")[IN_USE] == 0);
    }

    private Held hold(int port, int caller, int calls, int seconds) throws IOException {
        return new Held(OwnProcess.sipp(
                OwnProcess.DRIVER,
                directory,
                List.of(
                        "-sn",
                        "uac",
                        "127.0.0.1:" + port,
                        "-p",
                        caller + "",
                        "-r",
                        PER_SECOND + "",
                        "-l",
                        calls + "",
                        "-m",
                        calls + "",
                        "-d",
                        seconds * 1_000 + "")));
    }

    /** Calls that sipp holds for a while. */
    private record Held(OwnProcess sipp) {
        /** When they are over. */
        void close(Condition over) throws Exception {
            until("calls are over", over);
            until("sipp has ended", () -> !sipp.running());
            sipp.close();
        }
    }

    /** What is waited for. */
    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void until(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.holds()) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("not within " + PATIENCE_SECONDS + " s: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
