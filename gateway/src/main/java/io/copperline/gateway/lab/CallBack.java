package io.copperline.gateway.lab;

import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.sip.OutgoingCall;
import io.copperline.sip.SipEnd;
import io.copperline.sip.SipLeg;
import io.copperline.sip.SipLegListener;
import io.copperline.sip.Trunk;
import java.util.Optional;

/** A call from 0106 to someone who has called it. */
final class CallBack implements SipLegListener {
    private static final int Q850_NORMAL = 16;
    private static final int Q850_FAILURE = 41;

    private final LabParts parts;
    private final Owner owner;
    private final Runnable onEnd;
    private Optional<AudioStream> audio = Optional.empty();
    private Optional<SipLeg> leg = Optional.empty();

    private CallBack(LabParts parts, Runnable onEnd) {
        this.parts = parts;
        this.onEnd = onEnd;
        this.owner = new Owner(parts.loop(), () -> hangUp(Q850_FAILURE));
    }

    /** Calls; {@code onEnd} is run once, also where there is no port for it. */
    static void start(LabParts parts, Trunk trunk, String number, Runnable onEnd) {
        CallBack call = new CallBack(parts, onEnd);
        call.audio = AudioStream.open(parts, call.owner);
        if (call.audio.isEmpty()) {
            onEnd.run();
            return;
        }
        OutgoingCall whom = new OutgoingCall(number, Act.CALL_BACK.number(), Optional.of("Copperline lab"));
        call.leg = Optional.of(trunk.call(whom, call.audio.get().local(), call.owner, call));
    }

    @Override
    public void trying() {}

    @Override
    public void ringing() {}

    @Override
    public void audio(NegotiatedAudio negotiated, boolean early) {
        audio.ifPresent(stream -> {
            stream.agreed(negotiated);
            stream.speak();
        });
    }

    @Override
    public void answered() {
        audio.ifPresent(stream -> stream.plays(parts.speech().play()));
        owner.after(parts.timings().longestCall(), () -> hangUp(Q850_NORMAL));
    }

    @Override
    public void dtmf(char digit, int durationMillis) {}

    @Override
    public void ended(SipEnd end) {
        owner.end();
        audio.ifPresent(AudioStream::close);
        onEnd.run();
    }

    private void hangUp(int q850) {
        leg.ifPresent(it -> it.hangUp(q850));
    }
}
