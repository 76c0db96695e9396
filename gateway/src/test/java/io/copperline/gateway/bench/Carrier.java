package io.copperline.gateway.bench;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.codecs.sdp.SrtpPolicy;
import io.copperline.sip.DtmfMode;
import io.copperline.sip.IncomingCall;
import io.copperline.sip.SipEnd;
import io.copperline.sip.SipEndpoint;
import io.copperline.sip.SipLeg;
import io.copperline.sip.SipLegListener;
import io.copperline.sip.SipSettings;
import io.copperline.sip.SipStartException;
import io.copperline.sip.SipTransport;
import io.copperline.sip.TrunkSettings;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The telephone network behind the trunk: a SIP endpoint of its own that answers every call it expects at once. */
final class Carrier implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final MediaPump pump;
    private final SpeechLoop speech;
    private final Map<String, BenchCall> expected = new ConcurrentHashMap<>();
    private final ExecutorService owner = Executors.newSingleThreadExecutor(task -> new Thread(task, "carrier"));
    private final SipEndpoint sip;

    Carrier(MediaPump pump, SpeechLoop speech, int port, int gatewayPort) throws SipStartException {
        this.pump = pump;
        this.speech = speech;
        sip = SipEndpoint.start(
                new SipSettings(HOST, "", port, 0, 0, Optional.empty(), "Copperline bench", List.of()),
                List.of(trunk(gatewayPort)),
                call -> owner.execute(() -> answer(call)),
                InstantSource.system(),
                new SecureRandom());
    }

    private static TrunkSettings trunk(int port) {
        return TrunkSettings.to("gateway", HOST, port, SipTransport.UDP)
                .codecs(AudioCodec.PCMU)
                .dtmf(DtmfMode.RFC4733)
                .build();
    }

    /** This call's number will be dialled. */
    void expect(BenchCall call) {
        expected.put(call.number(), call);
    }

    void forget(BenchCall call) {
        expected.remove(call.number(), call);
    }

    private void answer(IncomingCall incoming) {
        BenchCall call = expected.get(incoming.to());
        if (call == null) {
            incoming.refuse(404, 1);
            return;
        }
        try {
            SipLeg leg = incoming.take(owner, new Phone(call));
            leg.audio(new LocalAudio(
                    pump.phonesAddress(), pump.rtcpPort(), List.of(AudioCodec.PCMU), true, 20, SrtpPolicy.OFF));
            leg.answer();
        } catch (IOException e) {
            incoming.refuse(500, 0);
        }
    }

    int openLegs() {
        return sip.openLegs();
    }

    @Override
    public void close() {
        sip.close();
        owner.shutdownNow();
    }

    /** What the carrier hears of one leg. */
    private final class Phone implements SipLegListener {
        private final BenchCall call;

        Phone(BenchCall call) {
            this.call = call;
        }

        @Override
        public void trying() {
            // It came in: it tries nothing.
        }

        @Override
        public void ringing() {
            // Likewise.
        }

        @Override
        public void audio(NegotiatedAudio negotiated, boolean early) {
            pump.execute(() -> {
                if (call.trunk().isEmpty() && call.browser().isPresent()) {
                    var gateway = negotiated.remoteRtp().orElseThrow();
                    int firstFrame = call.index() * 41 % speech.pcmu().count();
                    pump.add(call, new TrunkEnd(call, speech, pump.phones(), gateway, firstFrame));
                }
            });
        }

        @Override
        public void answered() {
            pump.execute(call::trunkAnswered);
        }

        @Override
        public void dtmf(char digit, int durationMillis) {
            // Nobody presses keys here.
        }

        @Override
        public void ended(SipEnd end) {
            pump.execute(() -> call.failed("the trunk leg ended: " + end.reason()));
        }
    }
}
