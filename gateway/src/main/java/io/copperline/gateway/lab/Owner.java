package io.copperline.gateway.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lab's thread as one call has it: what fails there ends this call only, and its timers end with it. */
final class Owner implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(Owner.class);

    private final LabLoop loop;
    private final Runnable onDefect;
    private final List<LabLoop.Timer> timers = new ArrayList<>();
    private boolean failed;

    /** @param onDefect ends the call; run once at most */
    Owner(LabLoop loop, Runnable onDefect) {
        this.loop = loop;
        this.onDefect = onDefect;
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(() -> run(task));
    }

    void after(Duration delay, Runnable task) {
        timers.add(loop.after(delay, () -> run(task)));
    }

    void eachTick(LongConsumer task) {
        timers.add(loop.eachTick(now -> run(() -> task.accept(now))));
    }

    /** Runs something of the call's now, on the lab's thread. */
    void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            if (!failed) {
                failed = true;
                LOG.error("A call of the lab failed and is ended", e);
                run(onDefect);
            }
        }
    }

    /** The call is over: nothing of it happens any more but what is on its way already. */
    void end() {
        timers.forEach(LabLoop.Timer::stop);
        timers.clear();
    }
}
