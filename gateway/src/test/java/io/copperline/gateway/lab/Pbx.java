package io.copperline.gateway.lab;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.gateway.FreePorts;
import io.copperline.sip.IncomingCall;
import io.copperline.sip.OutgoingCall;
import io.copperline.sip.SipEndpoint;
import io.copperline.sip.SipLeg;
import io.copperline.sip.SipSettings;
import io.copperline.sip.SipTransport;
import io.copperline.sip.TrunkSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A scripted gateway with a lab carrier behind its one trunk. */
final class Pbx implements AutoCloseable {
    static final String ALICE = "+12025550150";
    static final String BOB = "+12025550151";

    final LabCarrier lab;
    final SipEndpoint sip;
    final ExecutorService owner = Executors.newSingleThreadExecutor();
    final BlockingQueue<IncomingCall> incoming = new LinkedBlockingQueue<>();

    Pbx(LabTimings timings, SipTransport transport, int firstRtpPort, int lastRtpPort, int maxCalls) throws Exception {
        int port = FreePorts.one();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        lab = LabCarrier.start(
                new LabCarrierSettings(
                        new InetSocketAddress(loopback, 0),
                        "127.0.0.1",
                        port,
                        transport,
                        loopback,
                        firstRtpPort,
                        lastRtpPort,
                        maxCalls),
                timings,
                InstantSource.system(),
                System::nanoTime,
                new SecureRandom());
        sip = SipEndpoint.start(
                new SipSettings("127.0.0.1", "", port, port, 0, Optional.empty(), "pbx", List.of()),
                List.of(trunk(lab.sipPort(), transport)),
                incoming::add,
                InstantSource.system(),
                new SecureRandom());
    }

    /** Calls on the owner's thread, as the gateway does. */
    SipLeg call(String to, String from, LocalAudio audio, Story story) {
        OutgoingCall call = new OutgoingCall(to, from, Optional.of("Alice"));
        return CompletableFuture.supplyAsync(() -> sip.trunk("lab").call(call, audio, owner, story), owner)
                .join();
    }

    IncomingCall nextCall() throws InterruptedException {
        IncomingCall call = incoming.poll(20, TimeUnit.SECONDS);
        if (call == null) {
            throw new AssertionError("no call came");
        }
        return call;
    }

    SipLeg take(IncomingCall call, LocalAudio audio, Story story) {
        SipLeg leg = call.take(owner, story);
        tell(leg, it -> it.audio(audio));
        return leg;
    }

    void tell(SipLeg leg, Consumer<SipLeg> what) {
        owner.execute(() -> what.accept(leg));
    }

    /** Waits until the lab has nothing left of its calls. */
    void awaitNothingLeft() {
        long deadline = System.nanoTime() + Duration.ofSeconds(8).toNanos();
        while (lab.calls() + lab.sockets() + sip.openLegs() > 0) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "left: " + lab.calls() + " calls, " + lab.sockets() + " sockets, " + sip.openLegs() + " legs");
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        sip.close();
        lab.close();
        owner.shutdownNow();
    }

    private static TrunkSettings trunk(int port, SipTransport transport) {
        return TrunkSettings.to("lab", "127.0.0.1", port, transport)
                .codecs(AudioCodec.PCMU)
                .build();
    }
}
