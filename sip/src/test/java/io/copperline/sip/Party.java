package io.copperline.sip;

import io.copperline.codecs.sdp.LocalAudio;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An endpoint of a test: its own thread owns its legs. */
final class Party implements AutoCloseable {
    /** Two builds on one machine begin at places of their own. */
    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger(12_000 + (int) (ProcessHandle.current().pid() * 97 % 18_000));

    final SipEndpoint endpoint;
    final ExecutorService owner = Executors.newSingleThreadExecutor();
    final BlockingQueue<IncomingCall> incoming = new LinkedBlockingQueue<>();

    Party(SipSettings settings, TrunkSettings... trunks) throws SipStartException {
        endpoint =
                SipEndpoint.start(settings, List.of(trunks), incoming::add, InstantSource.system(), new SecureRandom());
    }

    /** Calls on the owner's thread, as the gateway does: news of the call comes only when it has begun. */
    SipLeg call(String trunk, OutgoingCall call, LocalAudio local, SipLegListener listener) {
        return CompletableFuture.supplyAsync(() -> endpoint.trunk(trunk).call(call, local, owner, listener), owner)
                .join();
    }

    IncomingCall nextCall() throws InterruptedException {
        IncomingCall call = incoming.poll(20, TimeUnit.SECONDS);
        if (call == null) {
            throw new AssertionError("no call came");
        }
        return call;
    }

    /** Takes a call and does something with it on the owner's thread. */
    SipLeg take(IncomingCall call, Events events, int rtpPort) {
        SipLeg leg = call.take(owner, events);
        owner.execute(() -> leg.audio(Sample.audio(rtpPort)));
        return leg;
    }

    /**
     * A port of loopback that is free for UDP and TCP, and below those that the system hands out (32768 and up on Linux), so that no
     * other socket gets it in between.
     */
    static int freePort() {
        while (true) {
            int port = NEXT_PORT.getAndIncrement();
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            try (DatagramSocket _ = new DatagramSocket(address);
                    ServerSocket tcp = new ServerSocket()) {
                tcp.bind(address);
                return port;
            } catch (IOException e) {
                // Somebody has it: the next one.
            }
        }
    }

    @Override
    public void close() {
        endpoint.close();
        owner.shutdownNow();
    }
}
