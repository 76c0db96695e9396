package io.copperline.gateway.carrier;

import io.copperline.config.CarrierHabits.Media;
import io.copperline.gateway.carrier.CallOutcome.Ending;
import io.copperline.gateway.carrier.WireReader.Reading;
import java.net.SocketException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Makes the carrier's own calls, and brings what answers them to each. Owned by the carrier's thread. */
final class Dialer implements AutoCloseable {
    /** At once. */
    static final int MOST = 100;

    private static final long REGISTRATION_MILLIS = 60_000;

    /** Makes the phone of a call. */
    interface Phones {
        TonePhone open(boolean encrypted) throws SocketException;
    }

    private final PlacedCall.Parts parts;
    private final Registrar registrar;
    private final Phones phones;
    private final Supplier<String> tokens;
    private final Map<String, PlacedCall> calls = new HashMap<>();

    /** @param tokens for Call-IDs, which nobody guesses */
    Dialer(PlacedCall.Parts parts, Registrar registrar, Phones phones, Supplier<String> tokens) {
        this.parts = parts;
        this.registrar = registrar;
        this.phones = phones;
        this.tokens = tokens;
    }

    /** Calls whoever has registered, or registers within a minute. */
    void callRegistered(CallOrder order, Consumer<CallOutcome> told) {
        AtomicBoolean over = new AtomicBoolean();
        Runnable stop = parts.later()
                .run(
                        () -> {
                            over.set(true);
                            told.accept(failed(order, "nobody has registered"));
                        },
                        REGISTRATION_MILLIS);
        registrar.whenRegistered(binding -> {
            if (!over.get()) {
                stop.run();
                call(order, binding.uri(), _ -> binding.way(), told);
            }
        });
    }

    /** Opens the way to the called; what it is given is run where that is refused. */
    interface Opening {
        Reply open(Runnable refused);
    }

    /** @param contact the called's address, a SIP URI */
    void call(CallOrder order, String contact, Opening opening, Consumer<CallOutcome> told) {
        if (calls.size() >= MOST) {
            told.accept(failed(order, "there are " + MOST + " calls already"));
            return;
        }
        String id = tokens.get();
        OwnRequests requests =
                new OwnRequests(parts.self(), order, parts.credentials().username(), contact, id);
        try {
            TonePhone phone = phones.open(parts.self().habits().media() != Media.PLAIN);
            Reply way = opening.open(() -> Optional.ofNullable(calls.get(id)).ifPresent(PlacedCall::refused));
            PlacedCall call = new PlacedCall(parts, order, requests, way, phone, outcome -> {
                // What comes late is answered still.
                parts.later().run(() -> calls.remove(id), Resending.PATIENCE_MILLIS);
                told.accept(outcome);
            });
            calls.put(id, call);
            call.begin();
        } catch (SocketException e) {
            told.accept(failed(order, "no port is left for audio"));
        }
    }

    private static CallOutcome failed(CallOrder order, String why) {
        return new CallOutcome(order.number(), 0, 0, 0, OptionalLong.empty(), Heard.NOTHING, Ending.FAILED, why);
    }

    void on(Reading.Response response) {
        PlacedCall call = calls.get(response.message().first("call-id"));
        if (call != null) {
            call.onResponse(response.status(), response.message());
        }
    }

    @Override
    public void close() {
        calls.values().forEach(PlacedCall::close);
        calls.clear();
    }
}
