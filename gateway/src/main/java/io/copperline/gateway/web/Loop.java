package io.copperline.gateway.web;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** The web's one event loop, as the rest of the package sees it: the door through which other threads get in. */
final class Loop implements Executor {
    private final Vertx vertx;
    private final Context context;
    private final Queue<Long> periodic = new ConcurrentLinkedQueue<>();

    Loop(Vertx vertx) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
    }

    /** Runs a task on the loop, soon; after the loop's end the task is dropped, for there is nobody left to tell. */
    @Override
    public void execute(Runnable task) {
        try {
            context.runOnContext(_ -> task.run());
        } catch (RejectedExecutionException e) {
            return;
        }
    }

    /** A call's answer, on the loop and without its wrapping. */
    <T> Future<T> await(CompletionStage<T> stage) {
        return Future.fromCompletionStage(stage, context)
                .recover(failure -> Future.failedFuture(
                        failure instanceof CompletionException && failure.getCause() != null
                                ? failure.getCause()
                                : failure));
    }

    /** Runs what may block on a virtual thread of its own, and hands its result to the loop. */
    <T> Future<T> errand(Callable<T> task) {
        Promise<T> result = Promise.promise();
        Thread.ofVirtual().name("web-errand").start(() -> {
            try {
                T value = task.call();
                execute(() -> result.complete(value));
            } catch (Exception e) {
                execute(() -> result.fail(e));
            }
        });
        return result.future();
    }

    void every(Duration period, Runnable task) {
        periodic.add(vertx.setPeriodic(period.toMillis(), _ -> task.run()));
    }

    /** Nothing periodic happens any more. */
    void stop() {
        periodic.forEach(vertx::cancelTimer);
    }

    /** Runs a task once, later. */
    Timer after(Duration delay, Runnable task) {
        long id = vertx.setTimer(delay.toMillis(), _ -> task.run());
        return () -> vertx.cancelTimer(id);
    }

    /** Something that is going to happen, and need not. */
    @FunctionalInterface
    interface Timer {
        void cancel();
    }
}
