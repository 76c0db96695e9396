package io.copperline.gateway.it;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.webrtc.PeerConnection;
import io.copperline.webrtc.PeerEvent;
import io.copperline.webrtc.PeerSettings;
import io.copperline.webrtc.PeerSink;
import io.copperline.webrtc.RtpSender;
import io.copperline.webrtc.datachannel.DataChannelEvent;
import io.copperline.webrtc.dtls.DtlsCertificate;
import io.copperline.webrtc.ice.IceCandidate;
import io.copperline.webrtc.ice.TransportAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A peer of the library alone that sends back the voice it hears. Its one thread looks at socket and time every 5 ms. */
final class LibraryPeer implements PeerSink, AutoCloseable {
    /** What is done with the peer on its own thread. */
    interface Step<T> {
        T take(PeerConnection peer, long nowNanos) throws Exception;
    }

    private static final int TICK_MILLIS = 5;
    private static final int LONGEST_DATAGRAM_BYTES = 2_048;

    private final ScheduledExecutorService owner = Executors.newSingleThreadScheduledExecutor();
    private final byte[] buf = new byte[RtpSender.HEADROOM_BYTES + LONGEST_DATAGRAM_BYTES + RtpSender.TAILROOM_BYTES];
    private final List<PeerEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicLong heardPackets = new AtomicLong();
    private final DatagramChannel socket;
    private final PeerConnection peer;

    /** @param here this machine's address, as the browser reaches it */
    LibraryPeer(InetAddress here) {
        try {
            socket = DatagramChannel.open();
            socket.bind(new InetSocketAddress(here, 0));
            socket.configureBlocking(false);
            IceCandidate candidate = IceCandidate.host((InetSocketAddress) socket.getLocalAddress(), 0);
            SecureRandom random = new SecureRandom();
            peer = new PeerConnection(
                    PeerSettings.gateway(List.of(candidate), List.of(AudioCodec.OPUS)),
                    DtlsCertificate.create(random, Instant.now()),
                    random,
                    Thread::startVirtualThread,
                    () -> {}, // The next tick is soon enough.
                    System.nanoTime(),
                    0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var _ = owner.scheduleAtFixedRate(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    <T> T on(Step<T> step) {
        try {
            return owner.submit(() -> step.take(peer, System.nanoTime())).get();
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What data channels have told. */
    List<DataChannelEvent> told() {
        return events.stream()
                .filter(PeerEvent.Data.class::isInstance)
                .map(event -> ((PeerEvent.Data) event).event())
                .toList();
    }

    long heardPackets() {
        return heardPackets.get();
    }

    private void tick() {
        try {
            ByteBuffer datagram = ByteBuffer.wrap(buf, RtpSender.HEADROOM_BYTES, LONGEST_DATAGRAM_BYTES);
            InetSocketAddress from = (InetSocketAddress) socket.receive(datagram);
            while (from != null) {
                int len = datagram.position() - RtpSender.HEADROOM_BYTES;
                TransportAddress remote = TransportAddress.udp(from);
                var _ = peer.onDatagram(buf, RtpSender.HEADROOM_BYTES, len, remote, System.nanoTime(), this);
                datagram = ByteBuffer.wrap(buf, RtpSender.HEADROOM_BYTES, LONGEST_DATAGRAM_BYTES);
                from = (InetSocketAddress) socket.receive(datagram);
            }
            peer.onTime(System.nanoTime(), this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void transmit(byte[] bytes, int off, int len, TransportAddress to) {
        try {
            socket.send(ByteBuffer.wrap(bytes, off, len), to.socket());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void rtp(byte[] packet, int off, int len) {
        peer.sender().forward(packet, off, len, System.nanoTime(), this);
        heardPackets.incrementAndGet();
    }

    @Override
    public void event(PeerEvent event) {
        events.add(event);
    }

    @Override
    public void close() {
        on((own, nowNanos) -> {
            own.close(nowNanos, this);
            return true;
        });
        owner.close();
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
