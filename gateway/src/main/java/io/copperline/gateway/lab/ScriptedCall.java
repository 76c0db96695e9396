package io.copperline.gateway.lab;

import io.copperline.codecs.dtmf.TelephoneEvent;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.sip.IncomingCall;
import io.copperline.sip.SipEnd;
import io.copperline.sip.SipLeg;
import io.copperline.sip.SipLegListener;
import java.util.Optional;
import java.util.function.Consumer;

/** A call to one of the lab's own numbers, which all have one leg and a script. */
final class ScriptedCall implements SipLegListener {
    /** How a script has ended. */
    enum Ending {
        /** That is all. */
        DONE,
        /** The caller wants to be called back. */
        CALL_BACK
    }

    private static final int Q850_NORMAL = 16;
    private static final int Q850_NO_ANSWER = 19;
    private static final int Q850_FAILURE = 41;
    private static final int Q850_CONGESTION = 42;

    private final LabParts parts;
    private final Act act;
    private final Owner owner;
    private final Consumer<Ending> onEnd;
    private final SipLeg leg;
    private Optional<AudioStream> audio = Optional.empty();
    private Ear ear = Ear.DEAF;
    private boolean answered;

    private ScriptedCall(LabParts parts, Act act, IncomingCall call, Consumer<Ending> onEnd) {
        this.parts = parts;
        this.act = act;
        this.onEnd = onEnd;
        this.owner = new Owner(parts.loop(), this::fail);
        this.leg = call.take(owner, this);
    }

    /** Takes the call and plays its part. */
    static void start(LabParts parts, Act act, IncomingCall call, Consumer<Ending> onEnd) {
        ScriptedCall scripted = new ScriptedCall(parts, act, call, onEnd);
        scripted.owner.run(scripted::begin);
    }

    private void begin() {
        leg.ring();
        if (act == Act.NO_ANSWER) {
            owner.after(parts.timings().longestRing(), () -> leg.reject(480, Q850_NO_ANSWER));
            return;
        }
        audio = AudioStream.open(parts, owner);
        if (audio.isEmpty()) {
            leg.reject(503, Q850_CONGESTION);
            return;
        }
        AudioStream stream = audio.get();
        script(stream);
        leg.audio(stream.local());
        if (act == Act.EARLY_MEDIA) {
            leg.earlyMedia();
            stream.speak();
            owner.after(parts.timings().earlyMedia(), leg::answer);
        } else {
            leg.answer();
        }
    }

    private void script(AudioStream stream) {
        switch (act) {
            case ECHO -> ear = returning(stream, true, false);
            case DIGITS -> ear = returning(stream, false, true);
            case TEST_LINE -> ear = returning(stream, true, true);
            default -> stream.plays(parts.speech().play());
        }
        stream.tells(ear);
    }

    private Ear returning(AudioStream stream, boolean sound, boolean digits) {
        DelayLine delay = new DelayLine();
        if (sound) {
            stream.plays(delay);
        }
        return new Ear() {
            @Override
            public void heard(short[] pcm, int n) {
                if (sound) {
                    delay.heard(pcm, n);
                }
            }

            @Override
            public void pressed(int event, int durationMillis) {
                if (digits) {
                    stream.press(event, durationMillis, leg);
                }
            }
        };
    }

    @Override
    public void trying() {}

    @Override
    public void ringing() {}

    @Override
    public void audio(NegotiatedAudio negotiated, boolean early) {
        audio.ifPresent(stream -> stream.agreed(negotiated));
    }

    @Override
    public void answered() {
        answered = true;
        audio.ifPresent(AudioStream::speak);
        LabTimings timings = parts.timings();
        owner.after(timings.longestCall(), () -> leg.hangUp(Q850_NORMAL));
        switch (act) {
            case HOLD -> {
                owner.after(timings.talk(), () -> leg.hold(true));
                owner.after(timings.talk().plus(timings.hold()), () -> leg.hold(false));
            }
            case HANG_UP -> owner.after(timings.stay(), () -> leg.hangUp(Q850_NORMAL));
            default -> {
                // The caller ends it.
            }
        }
    }

    @Override
    public void dtmf(char digit, int durationMillis) {
        ear.pressed(TelephoneEvent.event(digit), durationMillis);
    }

    @Override
    public void ended(SipEnd end) {
        owner.end();
        audio.ifPresent(AudioStream::close);
        boolean callBack = act == Act.CALL_BACK && answered && end.by() == SipEnd.By.REMOTE;
        onEnd.accept(callBack ? Ending.CALL_BACK : Ending.DONE);
    }

    private void fail() {
        leg.hangUp(Q850_FAILURE);
    }
}
