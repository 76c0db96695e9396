package io.copperline.gateway.bench.peer;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.gateway.bench.ProcFiles;
import io.copperline.webrtc.PeerConnection;
import io.copperline.webrtc.PeerEvent;
import io.copperline.webrtc.PeerSettings;
import io.copperline.webrtc.PeerSink;
import io.copperline.webrtc.dtls.DtlsCertificate;
import io.copperline.webrtc.ice.IceCandidate;
import io.copperline.webrtc.ice.TransportAddress;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Peers that are connected and say nothing: what one of them holds. */
final class IdlePeers {
    private static final int COLLECTIONS = 3;

    private record Carried(End to, TransportAddress from, byte[] bytes) {}

    private final SecureRandom random = new SecureRandom();
    private final DtlsCertificate certificate = DtlsCertificate.create(random, Instant.now());
    private final ArrayDeque<Carried> wire = new ArrayDeque<>();
    private final Semaphore woken = new Semaphore(0);

    /** One end of a pair. */
    private final class End implements PeerSink {
        private final TransportAddress address;
        private final PeerConnection peer;
        private End other;

        End(String host, int port, boolean lite) {
            InetSocketAddress socket = new InetSocketAddress(InetAddress.ofLiteral(host), port);
            address = TransportAddress.udp(socket);
            PeerSettings settings =
                    PeerSettings.gateway(List.of(IceCandidate.host(socket, 0)), List.of(AudioCodec.OPUS));
            peer = new PeerConnection(
                    lite ? settings : settings.withFullIce(),
                    certificate,
                    random,
                    Thread::startVirtualThread,
                    woken::release,
                    System.nanoTime(),
                    0);
        }

        @Override
        public void transmit(byte[] buf, int off, int len, TransportAddress to) {
            wire.add(new Carried(other, address, Arrays.copyOfRange(buf, off, off + len)));
        }

        @Override
        public void rtp(byte[] buf, int off, int len) {
            throw new IllegalStateException("nobody speaks here");
        }

        @Override
        public void event(PeerEvent event) {
            if (event instanceof PeerEvent.Failed failed) {
                throw new IllegalStateException("a peer has failed: " + failed.why());
            }
        }
    }

    /** Kilobytes for each peer: live heap, and what the process holds besides. */
    record Memory(double heapKilobytes, double nativeKilobytes) {}

    /** Holds so many gateway peers, each of which was connected to another one that is gone. */
    Memory measure(int count) throws Exception {
        List<End> held = new ArrayList<>(count);
        pair(1);
        double heap = liveKilobytes();
        double resident = residentKilobytes();
        for (int i = 0; i < count; i++) {
            held.add(pair(1_000 + i));
        }
        Memory memory = new Memory((liveKilobytes() - heap) / count, (residentKilobytes() - resident) / count);
        if (!held.stream().allMatch(end -> end.peer.connected())) {
            throw new IOException("a peer was lost");
        }
        return memory;
    }

    private End pair(int port) throws Exception {
        End gateway = new End("127.0.0.1", port, true);
        End browser = new End("127.0.0.2", port, false);
        gateway.other = browser;
        browser.other = gateway;
        long beganNanos = System.nanoTime();
        browser.peer.setAnswer(gateway.peer.answer(browser.peer.createOffer(), beganNanos), beganNanos);
        while (!gateway.peer.connected() || !browser.peer.connected()) {
            long now = System.nanoTime();
            for (Carried next = wire.poll(); next != null; next = wire.poll()) {
                var _ = next.to.peer.onDatagram(next.bytes, 0, next.bytes.length, next.from, now, next.to);
            }
            gateway.peer.onTime(now, gateway);
            browser.peer.onTime(now, browser);
            if (wire.isEmpty()) {
                var _ = woken.tryAcquire(1, TimeUnit.MILLISECONDS);
            }
        }
        woken.drainPermits();
        wire.clear();
        gateway.other = gateway; // The other one is not held.
        return gateway;
    }

    /** The heap is in memory as a whole from the beginning, so that what grows is not the heap. */
    private static double residentKilobytes() throws IOException {
        return new ProcFiles(ProcessHandle.current().pid()).residentKilobytes();
    }

    /** More than one collection: some of what ciphers and keys hold is let go after the first. */
    private static double liveKilobytes() throws InterruptedException {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1_024.0;
    }
}
