package io.copperline.gateway.it;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.codecs.sdp.SrtpPolicy;
import io.copperline.sip.IncomingCall;
import io.copperline.sip.ReferTarget;
import io.copperline.sip.SipEnd;
import io.copperline.sip.SipLeg;
import io.copperline.sip.SipLegListener;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;

/** One call of the far end: SIP as the test says, and the wire with its packets. Its methods may be called from the test. */
final class FarCall implements SipLegListener {
    private static final int NORMAL_CLEARING = 16;
    private static final int AUDIBLE = 500;
    private static final int PRESS_MILLIS = 160;

    /** What it offers, or accepts. */
    record Terms(boolean telephoneEvent, SrtpPolicy srtp) {
        static final Terms USUAL = new Terms(true, SrtpPolicy.OFF);
        static final Terms ENCRYPTED = new Terms(true, SrtpPolicy.REQUIRED);
        static final Terms WITHOUT_EVENTS = new Terms(false, SrtpPolicy.OFF);
    }

    private final ScheduledExecutorService owner;
    private final Terms terms;
    private final TrunkWire wire;
    private final List<String> events = new CopyOnWriteArrayList<>();
    private volatile SipLeg leg;
    private volatile Optional<NegotiatedAudio> audio = Optional.empty();
    private volatile Optional<ReferTarget.Dialog> place = Optional.empty();
    private volatile Optional<SipEnd> end = Optional.empty();

    /** @param owner of one thread, as a leg's owner has to be */
    FarCall(ScheduledExecutorService owner) {
        this(owner, Terms.USUAL);
    }

    FarCall(ScheduledExecutorService owner, Terms terms) {
        this.owner = owner;
        this.terms = terms;
        wire = TrunkWire.open(owner);
    }

    LocalAudio local() {
        return new LocalAudio(
                wire.address(),
                wire.address().getPort() + 1,
                List.of(AudioCodec.PCMU),
                terms.telephoneEvent(),
                20,
                terms.srtp());
    }

    void take(IncomingCall call) {
        leg = call.take(owner, this);
        act(taken -> taken.audio(local()));
    }

    void place(Function<SipLegListener, SipLeg> how) {
        owner.execute(() -> leg = how.apply(this));
    }

    void ring() {
        act(SipLeg::ring);
    }

    void earlyMedia() {
        act(SipLeg::earlyMedia);
    }

    void answer() {
        act(SipLeg::answer);
    }

    void reject(int status, int q850) {
        act(l -> l.reject(status, q850));
    }

    /** Puts the gateway on hold, or takes it back, by re-INVITE. */
    void hold(boolean held) {
        act(l -> l.hold(held));
    }

    /** Presses a key, told by INFO. */
    void press(char digit) {
        act(l -> l.sendInfoDtmf(digit, PRESS_MILLIS));
    }

    void hangUp() {
        act(l -> l.hangUp(NORMAL_CLEARING));
    }

    private void act(Consumer<SipLeg> what) {
        owner.execute(() -> what.accept(leg));
    }

    /** How another call may take this one's place; known once it was answered. */
    ReferTarget.Dialog place() {
        return Await.value("it is answered", Await.USUAL, () -> {
            owner.execute(() -> leg.replaceable().ifPresent(found -> place = Optional.of(found)));
            return place;
        });
    }

    /** Every packet that has come, and the way to send some. */
    TrunkWire wire() {
        return wire;
    }

    /** Waits until a voice comes through: both legs are up then, and what is pressed is not lost. */
    void awaitVoice() {
        Await.until("a voice on the trunk", () -> Sounds.loudest(wire.heardSince(0)) > AUDIBLE);
    }

    /** Where the gateway's RTP for this call is. */
    InetSocketAddress gatewayRtp() {
        return audio.orElseThrow().remoteRtp().orElseThrow();
    }

    /** Whether SRTP was agreed on. */
    boolean isEncrypted() {
        return audio.orElseThrow().srtp().isPresent();
    }

    /** Waits for an event that begins so: {@code ringing}, {@code answered}, {@code ended REMOTE HANGUP} ... */
    void await(String prefix) {
        await(prefix, Await.USUAL);
    }

    void await(String prefix, Duration longest) {
        Await.until(
                "\"" + prefix + "\" at the far end, which saw " + events,
                longest,
                () -> events.stream().anyMatch(event -> event.startsWith(prefix)));
    }

    List<String> events() {
        return List.copyOf(events);
    }

    Optional<SipEnd> end() {
        return end;
    }

    @Override
    public void trying() {
        events.add("trying");
    }

    @Override
    public void ringing() {
        events.add("ringing");
    }

    @Override
    public void audio(NegotiatedAudio negotiated, boolean early) {
        audio = Optional.of(negotiated);
        negotiated.srtp().ifPresent(keys -> wire.encrypted(keys.local(), keys.remote()));
        wire.target(negotiated);
        events.add((early ? "early " : "audio ") + negotiated.direction());
    }

    @Override
    public void answered() {
        events.add("answered");
    }

    @Override
    public void dtmf(char digit, int durationMillis) {
        events.add("dtmf " + digit);
    }

    @Override
    public void ended(SipEnd ended) {
        end = Optional.of(ended);
        events.add("ended " + ended.by() + " " + ended.kind() + " " + ended.status());
        wire.close();
    }

    void close() {
        owner.execute(() -> {
            if (leg != null && end.isEmpty()) {
                leg.hangUp(NORMAL_CLEARING);
            }
        });
        wire.close();
    }
}
