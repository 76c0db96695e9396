package io.copperline.gateway.web;

import io.copperline.gateway.call.CallDetails;
import io.copperline.gateway.call.CallEvent;
import io.copperline.gateway.call.CallId;
import io.copperline.gateway.call.CallRefused;
import io.copperline.gateway.call.CallSnapshot;
import io.copperline.gateway.call.Calls;
import io.copperline.gateway.call.EndCode;
import io.copperline.gateway.call.PlaceCall;
import io.copperline.gateway.call.PlacedCall;
import io.copperline.gateway.call.Presence;
import io.copperline.gateway.media.MediaQuality;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/** Calls without a telephone network: each does what the test says. */
class ScriptedCalls implements Calls {
    static final Instant AT = Instant.parse("2026-11-24T10:00:00Z");

    /** What was asked, in order. */
    final List<String> log = new ArrayList<>();

    final List<PlaceCall> placed = new ArrayList<>();
    private final WebUsers users;
    private final Map<CallId, Scripted> calls = new LinkedHashMap<>();
    private Function<String, String> answers = offer -> "v=0\r\ns=answer to " + offer.length() + "\r\n";
    private Optional<RuntimeException> refusal = Optional.empty();

    ScriptedCalls(WebUsers users) {
        this.users = users;
    }

    /** The next wish is refused. */
    synchronized void refuseNext(RuntimeException why) {
        refusal = Optional.of(why);
    }

    synchronized void answerWith(Function<String, String> answer) {
        answers = answer;
    }

    /** A call that rings in the tabs of {@code user}; how many were told. */
    int ring(String user, String id, String from) {
        var call = new CallId(id);
        synchronized (this) {
            calls.put(call, new Scripted(user, CallSnapshot.Direction.INBOUND, from, "+12025550150"));
        }
        return users.ring(user, new Presence.IncomingCall(call, from, "+12025550150", CallDetails.NONE));
    }

    void stopRinging(String user, String id, Presence.Reason reason) {
        users.stopRinging(user, new CallId(id), reason);
    }

    /** Something happens to a call. */
    synchronized void happen(CallId id, CallEvent event) {
        Scripted call = calls.get(id);
        call.events.add(event);
        List.copyOf(call.listeners).forEach(listener -> listener.accept(event));
    }

    synchronized int subscriptions() {
        return calls.values().stream().mapToInt(call -> call.listeners.size()).sum();
    }

    synchronized boolean logged(String line) {
        return log.contains(line);
    }

    static CallEvent.Ended hungUp(CallEvent.Party by) {
        return new CallEvent.Ended(AT, EndCode.HANGUP, 200, 16, by, "");
    }

    @Override
    public synchronized CompletionStage<PlacedCall> place(PlaceCall request) {
        log.add("place " + request.to());
        placed.add(request);
        return unlessRefused(() -> {
            var id = new CallId("call-" + placed.size());
            calls.put(
                    id,
                    new Scripted(
                            request.user(),
                            CallSnapshot.Direction.OUTBOUND,
                            request.from().orElse("+12025550150"),
                            request.to()));
            return new PlacedCall(id, answers.apply(request.offer()));
        });
    }

    @Override
    public CompletionStage<PlacedCall> answer(CallId id, String user, String offer) {
        CompletionStage<PlacedCall> answered;
        synchronized (this) {
            log.add("answer " + id);
            answered = unlessRefused(() -> {
                Scripted call = find(id, user).orElseThrow(Front::noSuchCall);
                if (call.taken) {
                    throw new CallRefused(CallRefused.Code.ALREADY_ANSWERED, "Another tab answered.");
                }
                call.taken = true;
                return new PlacedCall(id, answers.apply(offer));
            });
        }
        users.stopRinging(user, id, Presence.Reason.ANSWERED_ELSEWHERE);
        return answered;
    }

    @Override
    public synchronized CompletionStage<Void> transfer(CallId id, String user, String to, PlaceCall.Limits limits) {
        log.add("transfer " + id + " to " + to);
        return unlessRefused(() -> null);
    }

    @Override
    public synchronized CompletionStage<Void> transfer(CallId id, String user, CallId other) {
        log.add("transfer " + id + " to call " + other);
        return unlessRefused(() -> null);
    }

    @Override
    public CompletionStage<Void> decline(CallId id, String user) {
        synchronized (this) {
            log.add("decline " + id);
        }
        users.stopRinging(user, id, Presence.Reason.DECLINED_ELSEWHERE);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public synchronized CompletionStage<String> renegotiate(CallId id, String user, String offer) {
        log.add("renegotiate " + id);
        return unlessRefused(() -> {
            var _ = find(id, user).orElseThrow(Front::noSuchCall);
            return answers.apply(offer);
        });
    }

    @Override
    public synchronized CompletionStage<Optional<String>> onFragment(CallId id, String user, String sdpFragment) {
        log.add("candidates " + id + " " + sdpFragment.strip());
        return unlessRefused(() -> {
            var _ = find(id, user).orElseThrow(Front::noSuchCall);
            boolean restart = sdpFragment.contains("a=ice-ufrag:again");
            return restart ? Optional.of("a=ice-ufrag:ours\r\n") : Optional.empty();
        });
    }

    @Override
    public synchronized CompletionStage<Void> hangUp(CallId id, String user) {
        log.add("hangup " + id);
        return unlessRefused(() -> {
            Scripted call = find(id, user).orElseThrow(Front::noSuchCall);
            if (call.ended().isEmpty()) {
                happen(id, hungUp(CallEvent.Party.BROWSER));
            }
            return null;
        });
    }

    @Override
    public synchronized CompletionStage<Optional<CallSnapshot>> snapshot(CallId id, String user) {
        return CompletableFuture.completedStage(find(id, user).map(call -> call.snapshot(id)));
    }

    @Override
    public synchronized CompletionStage<Optional<AutoCloseable>> subscribe(
            CallId id, String user, Executor executor, Consumer<CallEvent> listener) {
        Optional<Scripted> found = find(id, user);
        if (found.isEmpty()) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        Consumer<CallEvent> hopping = event -> executor.execute(() -> listener.accept(event));
        found.get().events.forEach(hopping);
        found.get().listeners.add(hopping);
        AutoCloseable subscription = () -> {
            synchronized (this) {
                found.get().listeners.remove(hopping);
            }
        };
        return CompletableFuture.completedStage(Optional.of(subscription));
    }

    @Override
    public synchronized CompletionStage<List<CallId>> liveCalls(String user) {
        return CompletableFuture.completedStage(calls.entrySet().stream()
                .filter(entry -> entry.getValue().user.equals(user)
                        && entry.getValue().ended().isEmpty())
                .map(Map.Entry::getKey)
                .toList());
    }

    private Optional<Scripted> find(CallId id, String user) {
        return Optional.ofNullable(calls.get(id)).filter(call -> call.user.equals(user));
    }

    private <T> CompletionStage<T> unlessRefused(java.util.function.Supplier<T> wish) {
        try {
            if (refusal.isPresent()) {
                RuntimeException why = refusal.get();
                refusal = Optional.empty();
                throw why;
            }
            return CompletableFuture.completedStage(wish.get());
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private static final class Scripted {
        final String user;
        final CallSnapshot.Direction direction;
        final String from;
        final String to;
        final List<CallEvent> events = new ArrayList<>();
        final List<Consumer<CallEvent>> listeners = new ArrayList<>();
        boolean taken;

        Scripted(String user, CallSnapshot.Direction direction, String from, String to) {
            this.user = user;
            this.direction = direction;
            this.from = from;
            this.to = to;
        }

        Optional<CallEvent.Ended> ended() {
            return events.stream()
                    .filter(CallEvent.Ended.class::isInstance)
                    .map(CallEvent.Ended.class::cast)
                    .findFirst();
        }

        MediaQuality quality() {
            return events.stream()
                    .filter(CallEvent.Quality.class::isInstance)
                    .map(event -> ((CallEvent.Quality) event).quality())
                    .reduce(MediaQuality.UNKNOWN, (_, last) -> last);
        }

        CallSnapshot snapshot(CallId id) {
            Optional<Instant> answeredAt = events.stream()
                    .filter(CallEvent.Answered.class::isInstance)
                    .map(CallEvent::at)
                    .findFirst();
            CallSnapshot.State state = ended().isPresent()
                    ? CallSnapshot.State.ENDED
                    : answeredAt.isPresent() ? CallSnapshot.State.ANSWERED : CallSnapshot.State.EARLY_MEDIA;
            return new CallSnapshot(id, direction, state, from, to, "lab", AT, answeredAt, quality(), ended());
        }
    }
}
