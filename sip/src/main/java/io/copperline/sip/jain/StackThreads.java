package io.copperline.sip.jain;

import io.copperline.sip.Drop;
import io.copperline.sip.Drops;
import io.copperline.sip.SipStartException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads of one stack, kept together by their group: JAIN-SIP leaves some waiting for ever, and one of them is enough to
 * keep a process alive.
 */
final class StackThreads {
    private static final Duration STEP = Duration.ofMillis(2);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ThreadGroup group;

    StackThreads(Drops drops) {
        group = new ThreadGroup("sip") {
            @Override
            public void uncaughtException(Thread thread, Throwable e) {
                // The reader of one TCP connection throws where a body is too long or a line begins with three CRs; it
                // closes
                // its connection and is gone. Nobody else's thread may end so.
                boolean ofOneConnection = thread.getName().startsWith("PipelineThread");
                drops.count(
                        ofOneConnection ? Drop.MALFORMED : Drop.DEFECT,
                        e.getClass().getSimpleName() + " in " + thread.getName());
            }
        };
    }

    /** A step of the stack's start. */
    interface Step<T> {
        T run() throws SipStartException;
    }

    /** Runs a step of the stack's start in the group, which every thread that it starts inherits. */
    <T> T start(Step<T> step) throws SipStartException {
        FutureTask<T> task = new FutureTask<>(step::run);
        new Thread(group, task, "sip-start").start();
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SipStartException problem) {
                throw problem;
            }
            throw new SipStartException("The SIP stack would not start: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SipStartException("The start of SIP was interrupted.", e);
        }
    }

    /** Waits until the thread that reads datagrams is up: a stack that is stopped before then stays half open. */
    void awaitReader() {
        for (long left = PATIENCE.toNanos(); left > 0 && !hasReader(); left -= STEP.toNanos()) {
            LockSupport.parkNanos(STEP.toNanos());
        }
    }

    /** Ends what the stopped stack has left. */
    void end() {
        for (long left = PATIENCE.toNanos(); left > 0 && group.activeCount() > 0; left -= STEP.toNanos()) {
            group.interrupt();
            LockSupport.parkNanos(STEP.toNanos());
        }
    }

    private boolean hasReader() {
        Thread[] threads = new Thread[64];
        int count = group.enumerate(threads);
        for (int i = 0; i < count; i++) {
            if (threads[i].getName().contains("UDPMessageChannelThread")) {
                return true;
            }
        }
        return false;
    }
}
