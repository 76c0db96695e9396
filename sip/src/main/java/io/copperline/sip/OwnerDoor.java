package io.copperline.sip;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** An executor whose tasks wait until someone owns it. What comes for a call before it is taken is kept here. */
final class OwnerDoor implements Executor {
    private static final int MAX_WAITING = 64;

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private Executor owner;

    @Override
    public synchronized void execute(Runnable task) {
        if (owner != null) {
            owner.execute(task);
        } else if (waiting.size() < MAX_WAITING) {
            waiting.add(task);
        }
    }

    /** Hands over, once, what has waited and all that follows. */
    synchronized void open(Executor to) {
        owner = to;
        waiting.forEach(to::execute);
        waiting.clear();
    }
}
