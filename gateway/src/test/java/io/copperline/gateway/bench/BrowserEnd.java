package io.copperline.gateway.bench;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.audio.OpusDecoder;
import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.webrtc.PeerConnection;
import io.copperline.webrtc.PeerEvent;
import io.copperline.webrtc.PeerSettings;
import io.copperline.webrtc.PeerSink;
import io.copperline.webrtc.RtpSender;
import io.copperline.webrtc.SessionDescription;
import io.copperline.webrtc.dtls.DtlsCertificate;
import io.copperline.webrtc.ice.IceCandidate;
import io.copperline.webrtc.ice.TransportAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** A simulated browser: its socket, its peer, what it says and what it hears. Owned by the pump's thread from {@code open} on. */
final class BrowserEnd implements PeerSink {
    private static final int FRAME_UNITS = 960;

    /** What all browsers of a run share. */
    record World(
            SpeechLoop speech,
            DtlsCertificate certificate,
            SecureRandom random,
            Executor handshakes,
            Executor pump,
            long epochOffsetNanos) {}

    private final BenchCall call;
    private final World world;
    private final DatagramChannel socket;
    private final PeerConnection peer;
    private final Optional<OpusDecoder> listening;
    private final byte[] packet = new byte[RtpSender.HEADROOM_BYTES + 400 + RtpSender.TAILROOM_BYTES];
    private final byte[] datagram = new byte[2_048];
    private final short[] pcm = new short[SpeechLoop.FRAME_SAMPLES * 6];
    private final StreamCount heard = new StreamCount();
    private int frame;
    private long timestamp;
    private long sent;
    private Optional<TransportAddress> gateway = Optional.empty();
    private long nowNanos;

    /** @param decoder where marks are listened for */
    BrowserEnd(BenchCall call, World world, int firstFrame, Optional<OpusDecoder> decoder, long nowNanos)
            throws IOException {
        this.call = call;
        this.world = world;
        this.nowNanos = nowNanos;
        frame = firstFrame;
        listening = decoder;
        socket = DatagramChannel.open();
        socket.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 18);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).configureBlocking(false);
        InetSocketAddress local = (InetSocketAddress) socket.getLocalAddress();
        PeerSettings settings =
                PeerSettings.gateway(List.of(IceCandidate.host(local, 0)), List.of(AudioCodec.OPUS, AudioCodec.PCMU));
        peer = new PeerConnection(
                settings.withFullIce(),
                world.certificate(),
                world.random(),
                world.handshakes(),
                () -> world.pump().execute(() -> onTime(System.nanoTime())),
                nowNanos,
                world.epochOffsetNanos());
    }

    DatagramChannel socket() {
        return socket;
    }

    String offer() {
        return peer.createOffer().sdp();
    }

    void answered(String sdp) {
        try {
            peer.setAnswer(SessionDescription.answer(sdp), nowNanos);
        } catch (Exception e) {
            call.failed("the answer: " + e.getMessage());
        }
    }

    /** Reads what has come. */
    void onReadable(ByteBuffer scratch, long now) throws IOException {
        nowNanos = now;
        while (gateway.isPresent() && socket.isOpen()) {
            int len = socket.read(scratch.clear());
            if (len <= 0) {
                return;
            }
            scratch.flip().get(datagram, 0, len);
            var _ = peer.onDatagram(datagram, 0, len, gateway.get(), now, this);
        }
    }

    void onTime(long now) {
        nowNanos = now;
        peer.onTime(now, this);
    }

    boolean connected() {
        return peer.connected();
    }

    /** Sends the next 20 ms. */
    void speak(long now) {
        nowNanos = now;
        SpeechLoop.Frames frames = world.speech().opus();
        byte[] payload = frames.payloads()[frame];
        System.arraycopy(payload, 0, packet, RtpSender.HEADROOM_BYTES, payload.length);
        timestamp = (timestamp + FRAME_UNITS) & 0xffff_ffffL;
        boolean out = peer.sender()
                .send(
                        packet,
                        RtpSender.HEADROOM_BYTES,
                        payload.length,
                        peer.media().orElseThrow().payloadType(),
                        timestamp,
                        sent == 0,
                        frames.levels()[frame],
                        now,
                        this);
        if (out) {
            sent++;
            call.toTrunk().sent(frames.markOffsets()[frame], now);
        }
        frame = (frame + 1) % frames.count();
    }

    StreamCount heard() {
        return heard;
    }

    long sent() {
        return sent;
    }

    @Override
    public void transmit(byte[] buf, int off, int len, TransportAddress to) {
        try {
            if (gateway.isEmpty()) {
                socket.connect(to.socket());
                gateway = Optional.of(to);
            }
            socket.write(ByteBuffer.wrap(buf, off, len));
        } catch (IOException e) {
            call.failed("the browser's socket: " + e.getMessage());
        }
    }

    @Override
    public void validated(TransportAddress remote) {
        // One socket, one gateway: nothing to sort by address.
    }

    @Override
    public void rtp(byte[] buf, int off, int len) {
        heard.onPacket(RtpHeader.sequence(buf, off));
        if (listening.isEmpty()) {
            return;
        }
        int header = RtpHeader.headerLength(buf, off);
        int payload = RtpHeader.payloadLength(buf, off, len);
        int samples = listening.get().decode(buf, off + header, payload, pcm, 0, pcm.length);
        if (samples > 0) {
            call.toBrowser().heard(pcm, samples, nowNanos);
        }
    }

    @Override
    public void event(PeerEvent event) {
        switch (event) {
            case PeerEvent.Connected connected ->
                call.browserConnected(connected.profile().orElseThrow());
            case PeerEvent.Failed failed -> call.failed("the browser's path: " + failed.why());
            case PeerEvent.PathSelected _, PeerEvent.Data _ -> {}
        }
    }

    void close() throws IOException {
        peer.close(System.nanoTime(), this);
        socket.close();
        listening.ifPresent(OpusDecoder::close);
    }
}
