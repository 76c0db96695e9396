package io.copperline.gateway.media;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.sdp.NoCommonCodec;
import io.copperline.codecs.sdp.SdpException;
import io.copperline.webrtc.PeerConnection;
import io.copperline.webrtc.PeerEvent;
import io.copperline.webrtc.PeerSettings;
import io.copperline.webrtc.PeerSink;
import io.copperline.webrtc.RtpSender;
import io.copperline.webrtc.ice.IceCandidate;
import io.copperline.webrtc.ice.TransportAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A call with ourselves before anybody else's: a cold handshake and a cold codec take a third of a second, which the first caller would
 * wait for. There is no socket in it, and nothing stays of it.
 */
final class WarmUp {
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int FRAMES = 500;
    private static final int FRAME_SAMPLES = 160;
    private static final int FRAME_UNITS = 960;
    private static final int MAX_PAYLOAD_BYTES = 400;

    private record Carried(End to, byte[] bytes, TransportAddress from) {}

    private final Media media;
    private final LongSupplier nowNanos;
    private final ArrayDeque<Carried> wire = new ArrayDeque<>();
    private final Semaphore woken = new Semaphore(0);

    private WarmUp(Media media, LongSupplier nowNanos) {
        this.media = media;
        this.nowNanos = nowNanos;
    }

    /** Runs it on the caller's thread, for a second or so. Where it comes to nothing, the first call is slower, as without it. */
    static void run(Media media, LongSupplier nowNanos) {
        try {
            new WarmUp(media, nowNanos).call();
        } catch (SdpException | NoCommonCodec e) {
            throw new IllegalStateException("our own offer does not suit us", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Whoever stops the start stops this, too.
        }
    }

    /** One side of it. */
    private final class End implements PeerSink {
        private final TransportAddress address;
        private final PeerConnection peer;
        private final WaitingRoom room = media.workshop().waitingRoom(AudioCodec.OPUS, Workshop.NARROW_HZ);
        private final Encoding encoding = media.workshop().encoding(AudioCodec.OPUS, Workshop.NARROW_HZ);
        private End other;

        End(int port, boolean lite) {
            address = TransportAddress.udp(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            PeerSettings settings =
                    PeerSettings.gateway(List.of(IceCandidate.host(address.socket(), 0)), List.of(AudioCodec.OPUS));
            peer = new PeerConnection(
                    lite ? settings : settings.withFullIce(),
                    media.certificate(),
                    media.random(),
                    media.errands(),
                    woken::release,
                    nowNanos.getAsLong(),
                    0);
        }

        @Override
        public void transmit(byte[] buf, int off, int len, TransportAddress to) {
            wire.add(new Carried(other, Arrays.copyOfRange(buf, off, off + len), address));
        }

        @Override
        public void rtp(byte[] buf, int off, int len) {
            room.put(buf, off, len, nowNanos.getAsLong());
        }

        @Override
        public void event(PeerEvent event) {
            // Whether it is connected is asked for.
        }

        void close() {
            peer.close(nowNanos.getAsLong(), this);
            room.close();
            encoding.close();
        }
    }

    private void call() throws SdpException, NoCommonCodec, InterruptedException {
        End gateway = new End(1, true);
        End browser = new End(2, false);
        gateway.other = browser;
        browser.other = gateway;
        try {
            long began = nowNanos.getAsLong();
            browser.peer.setAnswer(gateway.peer.answer(browser.peer.createOffer(), began), began);
            while (!(gateway.peer.connected() && browser.peer.connected())) {
                if (nowNanos.getAsLong() - began > LONGEST_NANOS) {
                    return;
                }
                deliver();
                gateway.peer.onTime(nowNanos.getAsLong(), gateway);
                browser.peer.onTime(nowNanos.getAsLong(), browser);
                if (wire.isEmpty()) {
                    var _ = woken.tryAcquire(1, TimeUnit.MILLISECONDS);
                }
            }
            speak(gateway);
            speak(browser);
        } finally {
            gateway.close();
            browser.close();
        }
    }

    private void speak(End from) {
        short[] pcm = new short[FRAME_SAMPLES];
        byte[] packet = new byte[RtpSender.HEADROOM_BYTES + MAX_PAYLOAD_BYTES + RtpSender.TAILROOM_BYTES];
        for (int i = 0; i < FRAMES; i++) {
            Arrays.fill(pcm, (short) (i * 50));
            int len = from.encoding.encode(pcm, 0, FRAME_SAMPLES, packet, RtpSender.HEADROOM_BYTES);
            from.peer
                    .sender()
                    .send(
                            packet,
                            RtpSender.HEADROOM_BYTES,
                            len,
                            from.peer.media().orElseThrow().payloadType(),
                            (long) i * FRAME_UNITS,
                            i == 0,
                            RtpSender.NO_LEVEL,
                            nowNanos.getAsLong(),
                            from);
            deliver();
            from.other.room.read(pcm, 0, FRAME_SAMPLES, nowNanos.getAsLong());
        }
    }

    private void deliver() {
        for (Carried next = wire.poll(); next != null; next = wire.poll()) {
            byte[] bytes = next.bytes;
            var _ = next.to.peer.onDatagram(bytes, 0, bytes.length, next.from, nowNanos.getAsLong(), next.to);
        }
    }
}
