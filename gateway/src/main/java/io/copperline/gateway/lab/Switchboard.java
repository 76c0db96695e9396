package io.copperline.gateway.lab;

import io.copperline.sip.IncomingCall;
import io.copperline.sip.IncomingCalls;
import io.copperline.sip.Trunk;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Decides by the called number what becomes of a call, and keeps the lab's books of calls. */
final class Switchboard implements IncomingCalls {
    private static final int Q850_BUSY = 17;
    private static final int Q850_REJECTED = 21;
    private static final int Q850_ROUTING_ERROR = 25;
    private static final int Q850_CONGESTION = 42;

    /** Who calls whom. */
    private record Pair(String from, String to) {}

    private final LabParts parts;
    private final int maxCalls;
    private final AtomicInteger calls = new AtomicInteger();
    private final Set<Pair> undecided = new HashSet<>();
    private final Set<LabLoop.Timer> promised = new HashSet<>();
    private volatile Optional<Trunk> trunk = Optional.empty();

    Switchboard(LabParts parts, int maxCalls) {
        this.parts = parts;
        this.maxCalls = maxCalls;
    }

    /** Calls are taken from now on; those to other numbers leave by this trunk. */
    void open(Trunk line) {
        trunk = Optional.of(line);
    }

    /** No new calls from now on, and nobody is called back. Calls in progress go on. */
    void close() {
        trunk = Optional.empty();
        parts.loop().execute(() -> {
            promised.forEach(LabLoop.Timer::stop);
            calls.addAndGet(-promised.size());
            promised.clear();
        });
    }

    /** Calls in progress, and calls back that have been promised. Safe from any thread. */
    int calls() {
        return calls.get();
    }

    @Override
    public void incoming(IncomingCall call) {
        if (trunk.isEmpty() || !admit()) {
            call.refuse(503, Q850_CONGESTION);
            return;
        }
        try {
            parts.loop().execute(() -> connect(call));
        } catch (RejectedExecutionException e) {
            free();
            call.refuse(503, Q850_CONGESTION);
        }
    }

    private void connect(IncomingCall call) {
        Optional<Act> act = Act.of(call.to());
        if (act.isEmpty()) {
            forward(call);
            return;
        }
        switch (act.get()) {
            case BUSY -> refuse(call, 486, Q850_BUSY);
            case DECLINE -> refuse(call, 603, Q850_REJECTED);
            default ->
                ScriptedCall.start(parts, act.get(), call, ending -> {
                    free();
                    if (ending == ScriptedCall.Ending.CALL_BACK) {
                        callBack(call.from());
                    }
                });
        }
    }

    /**
     * A number that the gateway gives back to us would come round for ever. It comes as the same caller's call to the same
     * number while the first one has not been answered: that one is refused, and the refusal goes all the way back.
     */
    private void forward(IncomingCall call) {
        Pair pair = new Pair(Act.digits(call.from()), Act.digits(call.to()));
        Optional<Trunk> line = trunk;
        if (line.isEmpty()) {
            refuse(call, 503, Q850_CONGESTION);
        } else if (pair.from().equals(pair.to())) {
            refuse(call, 486, Q850_BUSY);
        } else if (!undecided.add(pair)) {
            refuse(call, 482, Q850_ROUTING_ERROR);
        } else {
            ForwardedCall.start(parts, line.get(), call, new ForwardedCall.Books() {
                @Override
                public void decided() {
                    undecided.remove(pair);
                }

                @Override
                public void ended() {
                    free();
                }
            });
        }
    }

    private void callBack(String number) {
        // One of our own numbers would be a call from the lab to itself.
        if (trunk.isEmpty() || number.isEmpty() || Act.of(number).isPresent() || !admit()) {
            return;
        }
        LabLoop.Timer[] timer = new LabLoop.Timer[1];
        timer[0] = parts.loop().after(parts.timings().callBack(), () -> {
            promised.remove(timer[0]);
            trunk.ifPresentOrElse(line -> CallBack.start(parts, line, number, this::free), this::free);
        });
        promised.add(timer[0]);
    }

    private void refuse(IncomingCall call, int status, int q850) {
        free();
        call.refuse(status, q850);
    }

    private boolean admit() {
        return calls.getAndUpdate(now -> now < maxCalls ? now + 1 : now) < maxCalls;
    }

    private void free() {
        calls.decrementAndGet();
    }
}
