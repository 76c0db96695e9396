package io.copperline.gateway.call;

import io.copperline.gateway.media.MediaTrouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** All that has happened to a call, in order, for whoever listens now or comes late. Owned by the call's shard. */
final class CallStory {
    /** A call of hours with a nervous thumb; more is left out, but never the end. */
    private static final int MAX_EVENTS = 2_000;

    private record Listener(Executor executor, Consumer<CallEvent> consumer) {
        void hear(CallEvent event) {
            executor.execute(() -> consumer.accept(event));
        }
    }

    private final List<CallEvent> events = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();

    void tell(CallEvent event) {
        if (events.size() < MAX_EVENTS || event instanceof CallEvent.Ended) {
            events.add(event);
            List.copyOf(listeners).forEach(listener -> listener.hear(event));
        }
    }

    /** Replays everything and goes on from there. The result ends it, on the owner's thread. */
    Runnable listen(Executor executor, Consumer<CallEvent> consumer) {
        Listener listener = new Listener(executor, consumer);
        events.forEach(listener::hear);
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    <E extends CallEvent> Optional<E> first(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    /** How many digits went this way. */
    int digits(CallEvent.Direction direction) {
        return (int) events.stream()
                .filter(e -> e instanceof CallEvent.Dtmf dtmf && dtmf.direction() == direction)
                .count();
    }

    /** What was wrong with the audio, each thing once, such as {@code no-audio:trunk}. */
    String trouble() {
        return String.join(
                " ",
                events.stream()
                        .filter(CallEvent.Media.class::isInstance)
                        .map(CallEvent.Media.class::cast)
                        .filter(m -> m.code() != MediaTrouble.RECOVERED)
                        .map(m -> wireName(m.code()) + ":" + wireName(m.side()))
                        .distinct()
                        .toList());
    }

    /** An enum constant as the faces and records spell it. */
    static String wireName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
