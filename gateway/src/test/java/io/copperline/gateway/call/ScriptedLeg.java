package io.copperline.gateway.call;

import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.sip.Destination;
import io.copperline.sip.OutgoingCall;
import io.copperline.sip.ReferListener;
import io.copperline.sip.ReferTarget;
import io.copperline.sip.SipEnd;
import io.copperline.sip.SipLeg;
import io.copperline.sip.SipLegListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One scripted trunk leg, and what the call asked of it. */
final class ScriptedLeg implements SipLeg {
    final String trunk;
    final SipLegListener listener;
    final List<String> asked = new ArrayList<>();
    List<Destination> redirections = List.of();
    boolean answerable = true;
    OutgoingCall wanted;
    ReferListener referred;

    private final String sipCallId;

    ScriptedLeg(String trunk, String sipCallId, SipLegListener listener) {
        this.trunk = trunk;
        this.sipCallId = sipCallId;
        this.listener = listener;
    }

    @Override
    public String sipCallId() {
        return sipCallId;
    }

    @Override
    public void audio(LocalAudio local) {
        asked.add("audio");
    }

    @Override
    public boolean answerable() {
        return answerable;
    }

    @Override
    public void ring() {
        asked.add("ring");
    }

    @Override
    public void earlyMedia() {
        asked.add("early");
    }

    @Override
    public void answer() {
        asked.add("answer");
    }

    @Override
    public void reject(int status, int q850) {
        asked.add("reject " + status + " " + q850);
    }

    @Override
    public void hangUp(int q850) {
        asked.add("hangUp " + q850);
    }

    @Override
    public void hold(boolean held) {
        asked.add("hold " + held);
    }

    @Override
    public void sendInfoDtmf(char digit, int durationMillis) {
        asked.add("info " + digit + " " + durationMillis);
    }

    @Override
    public void refer(ReferTarget target, ReferListener outcome) {
        asked.add("refer " + target);
        referred = outcome;
    }

    @Override
    public Optional<ReferTarget.Dialog> replaceable() {
        return Optional.empty();
    }

    @Override
    public List<Destination> redirections() {
        return redirections;
    }

    @Override
    public Optional<NegotiatedAudio> audio() {
        return Optional.empty();
    }

    void refused(int status, boolean retryable) {
        listener.ended(new SipEnd(SipEnd.By.REMOTE, SipEnd.Kind.REJECTED, status, 0, "no", retryable));
    }
}
