package io.copperline.gateway.lab;

import io.copperline.codecs.dtmf.TelephoneEvent;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.sip.IncomingCall;
import io.copperline.sip.OutgoingCall;
import io.copperline.sip.SipEnd;
import io.copperline.sip.SipLeg;
import io.copperline.sip.SipLegListener;
import io.copperline.sip.Trunk;
import java.util.Optional;

/**
 * A call to a number that is not the lab's: it goes back through the trunk, from the caller's number, and the two legs are one
 * call. What the called side does before and after the answer reaches the caller; hold stays on the leg it happens on.
 *
 * <pre>
 *   caller == leg, stream ==[ delay line, digits ]== stream, leg == called
 * </pre>
 */
final class ForwardedCall {
    private static final int Q850_NORMAL = 16;
    private static final int Q850_FAILURE = 41;
    private static final int Q850_CONGESTION = 42;

    /** Who keeps the books. */
    interface Books {
        /** The called side has answered or refused; it cannot ring in a circle any more. */
        void decided();

        /** Everything is freed. Once, after {@link #decided}. */
        void ended();
    }

    private final LabParts parts;
    private final Trunk trunk;
    private final IncomingCall call;
    private final Books books;
    private final Owner owner;
    private final Side caller = new Side();
    private final Side called = new Side();
    private boolean answered;

    /** One leg, its audio, and the other side that it is joined to. */
    private static final class Side {
        Optional<SipLeg> leg = Optional.empty();
        Optional<AudioStream> audio = Optional.empty();
        boolean over;

        void hangUp(int q850) {
            leg.ifPresent(it -> it.hangUp(q850));
        }
    }

    private ForwardedCall(LabParts parts, Trunk trunk, IncomingCall call, Books books) {
        this.parts = parts;
        this.trunk = trunk;
        this.call = call;
        this.books = books;
        this.owner = new Owner(parts.loop(), this::fail);
    }

    static void start(LabParts parts, Trunk trunk, IncomingCall call, Books books) {
        ForwardedCall forwarded = new ForwardedCall(parts, trunk, call, books);
        forwarded.caller.leg = Optional.of(call.take(forwarded.owner, forwarded.new CallerSide()));
        forwarded.owner.run(forwarded::begin);
    }

    private void begin() {
        caller.audio = AudioStream.open(parts, owner);
        called.audio = AudioStream.open(parts, owner);
        SipLeg leg = caller.leg.orElseThrow();
        if (caller.audio.isEmpty() || called.audio.isEmpty()) {
            leg.reject(503, Q850_CONGESTION);
            return;
        }
        join(caller, called);
        join(called, caller);
        leg.audio(caller.audio.get().local());
        owner.execute(this::callOn); // behind the end of the caller's leg, if its offer was no good
    }

    private void callOn() {
        if (!caller.over) {
            OutgoingCall onward = new OutgoingCall(call.to(), call.from(), call.displayName());
            called.leg =
                    Optional.of(trunk.call(onward, called.audio.orElseThrow().local(), owner, new CalledSide()));
        }
    }

    private void join(Side from, Side to) {
        DelayLine delay = new DelayLine();
        to.audio.orElseThrow().plays(delay);
        from.audio.orElseThrow().tells(new Ear() {
            @Override
            public void heard(short[] pcm, int n) {
                delay.heard(pcm, n);
            }

            @Override
            public void pressed(int event, int durationMillis) {
                press(to, event, durationMillis);
            }
        });
    }

    private static void press(Side to, int event, int durationMillis) {
        to.leg.ifPresent(leg -> to.audio.ifPresent(audio -> audio.press(event, durationMillis, leg)));
    }

    private void over(Side side) {
        side.over = true;
        boolean bothOver = caller.over && (called.over || called.leg.isEmpty());
        if (bothOver) {
            owner.end();
            caller.audio.ifPresent(AudioStream::close);
            called.audio.ifPresent(AudioStream::close);
            books.decided();
            books.ended();
        }
    }

    private void fail() {
        caller.hangUp(Q850_FAILURE);
        called.hangUp(Q850_FAILURE);
    }

    private final class CallerSide implements SipLegListener {
        @Override
        public void trying() {}

        @Override
        public void ringing() {}

        @Override
        public void audio(NegotiatedAudio negotiated, boolean early) {
            caller.audio.ifPresent(audio -> audio.agreed(negotiated));
        }

        @Override
        public void answered() {}

        @Override
        public void dtmf(char digit, int durationMillis) {
            press(called, TelephoneEvent.event(digit), durationMillis);
        }

        @Override
        public void ended(SipEnd end) {
            called.hangUp(end.q850());
            over(caller);
        }
    }

    private final class CalledSide implements SipLegListener {
        @Override
        public void trying() {}

        @Override
        public void ringing() {
            caller.leg.orElseThrow().ring();
        }

        @Override
        public void audio(NegotiatedAudio negotiated, boolean early) {
            AudioStream audio = called.audio.orElseThrow();
            audio.agreed(negotiated);
            audio.speak();
            if (early) {
                caller.leg.orElseThrow().earlyMedia();
                caller.audio.orElseThrow().speak();
            }
        }

        @Override
        public void answered() {
            answered = true;
            books.decided();
            caller.leg.orElseThrow().answer();
            caller.audio.orElseThrow().speak();
            owner.after(parts.timings().longestCall(), () -> caller.hangUp(Q850_NORMAL));
        }

        @Override
        public void dtmf(char digit, int durationMillis) {
            press(caller, TelephoneEvent.event(digit), durationMillis);
        }

        @Override
        public void ended(SipEnd end) {
            if (answered) {
                caller.hangUp(end.q850());
            } else {
                caller.leg.orElseThrow().reject(status(end), end.q850());
            }
            over(called);
        }
    }

    /** The refusal that the caller gets: the called side's own where there is one that makes sense to a caller. */
    private static int status(SipEnd end) {
        boolean own = end.status() >= 400 && end.status() != 401 && end.status() != 407 && end.status() != 487;
        if (own) {
            return end.status();
        }
        return end.kind() == SipEnd.Kind.UNREACHABLE ? 503 : 480;
    }
}
