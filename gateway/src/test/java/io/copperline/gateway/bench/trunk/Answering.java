package io.copperline.gateway.bench.trunk;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.codecs.sdp.SrtpPolicy;
import io.copperline.sip.IncomingCall;
import io.copperline.sip.Shedding;
import io.copperline.sip.SipEnd;
import io.copperline.sip.SipEndpoint;
import io.copperline.sip.SipLeg;
import io.copperline.sip.SipLegListener;
import io.copperline.sip.SipSettings;
import io.copperline.sip.SipTransport;
import io.copperline.sip.TrunkSettings;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A program: our SIP endpoint answers every call. Each line that it reads is answered by one line of figures. */
final class Answering implements SipLegListener {
    static final Shedding NOTHING_SHED = new Shedding(1_000_000);

    private static final int COLLECTIONS = 3;
    private static final long PAUSE_MILLIS = 200;

    private final AtomicLong ended = new AtomicLong();
    private final ExecutorService owner = Executors.newSingleThreadExecutor();
    private final LocalAudio audio = new LocalAudio(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 9),
            10,
            List.of(AudioCodec.PCMU),
            true,
            20,
            SrtpPolicy.OFF);

    /** @param arguments our port, and the caller's */
    public static void main(String[] arguments) throws Exception {
        Quiet.logNothing();
        new Answering().run(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
    }

    private void run(int port, int callerPort) throws Exception {
        TrunkSettings trunk = TrunkSettings.to("caller", "127.0.0.1", callerPort, SipTransport.UDP)
                .codecs(AudioCodec.PCMU)
                .build();
        SipSettings settings = new SipSettings(
                "127.0.0.1", "", port, 0, 0, Optional.empty(), "Copperline bench", List.of(), NOTHING_SHED);
        try (SipEndpoint sip = SipEndpoint.start(
                        settings, List.of(trunk), this::answer, InstantSource.system(), new SecureRandom());
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                double heap = line.equals("memory") ? liveKilobytes() : 0;
                System.out.println(
                        ended + " " + sip.openLegs() + " " + (sip.openTransactions() + sip.lingering()) + " " + heap);
            }
        } finally {
            owner.shutdownNow();
        }
    }

    private void answer(IncomingCall call) {
        owner.execute(() -> {
            SipLeg leg = call.take(owner, this);
            leg.audio(audio);
            leg.answer();
        });
    }

    private static double liveKilobytes() throws InterruptedException {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1_024.0;
    }

    @Override
    public void trying() {}

    @Override
    public void ringing() {}

    @Override
    public void audio(NegotiatedAudio negotiated, boolean early) {}

    @Override
    public void answered() {}

    @Override
    public void dtmf(char digit, int durationMillis) {}

    @Override
    public void ended(SipEnd end) {
        ended.incrementAndGet();
    }
}
