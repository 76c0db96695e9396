package io.copperline.gateway.call;

import io.copperline.gateway.call.CallRefused.Code;
import io.copperline.gateway.media.Shard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Where each call lives, and how whoever may is put through to it, on its shard. Used from any thread. */
final class CallBook {
    /** So long an ended call can still be asked about. */
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    /** A call, and the shard that owns it. */
    record Entry(Call call, Shard shard, Optional<Instant> endedAt) {
        /** Runs a task on the shard. */
        <T> CompletionStage<T> on(Function<Call, T> task) {
            return CallBook.on(shard, () -> task.apply(call));
        }
    }

    private final Map<CallId, Entry> entries = new ConcurrentHashMap<>();

    void keep(Call call, Shard shard) {
        entries.put(call.id(), new Entry(call, shard, Optional.empty()));
    }

    /** It never came into being. */
    void forget(Call call) {
        entries.remove(call.id());
    }

    void ended(Call call) {
        entries.computeIfPresent(call.id(), (_, entry) -> new Entry(call, entry.shard(), Optional.of(call.now())));
    }

    /** Forgets calls that ended some minutes ago. */
    void sweep(Instant now) {
        entries.values()
                .removeIf(entry -> entry.endedAt()
                        .filter(at -> at.plus(REMEMBERED).isBefore(now))
                        .isPresent());
    }

    /** The calls that are not over. */
    List<Entry> live() {
        return entries.values().stream()
                .filter(entry -> entry.endedAt().isEmpty())
                .toList();
    }

    /** A call of this user's; empty where he has none of that id. */
    Optional<Entry> of(CallId id, String user) {
        return Optional.ofNullable(entries.get(id)).filter(entry -> entry.call().belongsTo(user));
    }

    /** Runs a task on the shard of a user's call; fails with {@code no-such-call}. */
    <T> CompletionStage<T> with(CallId id, String user, Function<Call, T> task) {
        return with(of(id, user), task);
    }

    /** The same, for whoever the call has rung, too: he is to hear that another was quicker. */
    <T> CompletionStage<T> asked(CallId id, String user, Function<Call, T> task) {
        return with(
                Optional.ofNullable(entries.get(id))
                        .filter(entry -> entry.call().belongsTo(user)
                                || entry.call() instanceof InboundCall inbound && inbound.hasRung(user)),
                task);
    }

    private static <T> CompletionStage<T> with(Optional<Entry> entry, Function<Call, T> task) {
        return entry.map(found -> found.on(task))
                .orElseGet(() ->
                        CompletableFuture.failedFuture(new CallRefused(Code.NO_SUCH_CALL, "There is no such call.")));
    }

    /** Runs a task on every live call; done when all have run. */
    CompletableFuture<Void> withAll(Consumer<Call> task) {
        return CompletableFuture.allOf(live().stream()
                .map(entry -> entry.on(call -> {
                    task.accept(call);
                    return call;
                }))
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture<?>[]::new));
    }

    /** Runs a task on a shard. What is refused is its result; a bug is that, and the shard's to log. */
    static <T> CompletionStage<T> on(Shard shard, Supplier<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        shard.execute(() -> {
            try {
                result.complete(task.get());
            } catch (CallRefused e) {
                result.completeExceptionally(e);
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
                throw e; // The shard logs and counts it: it is a bug.
            }
        });
        return result;
    }
}
