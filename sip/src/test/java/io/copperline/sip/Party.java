package io.copperline.sip;

import java.net.DatagramSocket;
import java.net.SocketException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An endpoint of a test: its own thread owns its legs. */
final class Party implements AutoCloseable {
    final SipEndpoint endpoint;
    final ExecutorService owner = Executors.newSingleThreadExecutor();
    final BlockingQueue<IncomingCall> incoming = new LinkedBlockingQueue<>();

    Party(SipSettings settings, TrunkSettings... trunks) throws SipStartException {
        endpoint =
                SipEndpoint.start(settings, List.of(trunks), incoming::add, InstantSource.system(), new SecureRandom());
    }

    IncomingCall nextCall() throws InterruptedException {
        IncomingCall call = incoming.poll(8, TimeUnit.SECONDS);
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

    static int freePort() throws SocketException {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        endpoint.close();
        owner.shutdownNow();
    }
}
