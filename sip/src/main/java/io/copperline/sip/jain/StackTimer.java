package io.copperline.sip.jain;

import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.stack.SIPStackTimerTask;
import gov.nist.javax.sip.stack.timers.SipTimer;
import java.util.Properties;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clockwork of JAIN's transactions. The stack's own is a non-daemon {@code java.util.Timer} that prints stack traces to
 * the console and keeps cancelled tasks. Made by the stack through its name, hence public.
 */
public final class StackTimer implements SipTimer {
    private static final Logger LOG = LoggerFactory.getLogger(StackTimer.class);

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("sip-transactions").factory());

    @Override
    public void start(SipStackImpl stack, Properties properties) {
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    }

    /** Runs a task of ours, which must neither block nor fail. */
    void after(long delayMillis, Runnable task) {
        try {
            ScheduledFuture<?> _ = executor.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The stack is stopping");
        }
    }

    @Override
    public boolean schedule(SIPStackTimerTask task, long delayMillis) {
        try {
            task.setSipTimerTask(executor.schedule(() -> run(task), delayMillis, TimeUnit.MILLISECONDS));
            return true;
        } catch (RejectedExecutionException e) {
            return false; // the stack is stopping
        }
    }

    @Override
    public boolean scheduleWithFixedDelay(SIPStackTimerTask task, long delayMillis, long periodMillis) {
        try {
            task.setSipTimerTask(
                    executor.scheduleWithFixedDelay(() -> run(task), delayMillis, periodMillis, TimeUnit.MILLISECONDS));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    @Override
    public boolean cancel(SIPStackTimerTask task) {
        task.cleanUpBeforeCancel();
        return task.getSipTimerTask() instanceof ScheduledFuture<?> future && future.cancel(false);
    }

    @Override
    public void stop() {
        executor.shutdownNow();
    }

    @Override
    public boolean isStarted() {
        return !executor.isShutdown();
    }

    private static void run(SIPStackTimerTask task) {
        try {
            task.runTask();
        } catch (RuntimeException e) {
            LOG.debug("A transaction timer failed", e);
        }
    }
}
