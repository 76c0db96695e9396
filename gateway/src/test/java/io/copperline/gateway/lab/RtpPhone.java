package io.copperline.gateway.lab;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.dtmf.TelephoneEventWriter;
import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.codecs.sdp.SrtpPolicy;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The audio of a scripted caller: sends what the test says, at once, and keeps what comes. */
final class RtpPhone implements AutoCloseable {
    static final int EVENTS = 101;

    private static final long SSRC = 0xC0FFEE;

    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final BlockingQueue<byte[]> packets = new LinkedBlockingQueue<>();
    private int sequence = 65_530;
    private long timestamp = 0xFFFF_FF00L;

    RtpPhone() throws SocketException {
        Thread.ofVirtual().start(this::receive);
    }

    LocalAudio local(AudioCodec... codecs) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        return new LocalAudio(address, socket.getLocalPort() + 1, List.of(codecs), true, 20, SrtpPolicy.OFF);
    }

    /** The next packet, with its header. */
    byte[] next() throws InterruptedException {
        byte[] packet = packets.poll(20, TimeUnit.SECONDS);
        if (packet == null) {
            throw new AssertionError("no RTP came");
        }
        return packet;
    }

    void forget() {
        packets.clear();
    }

    int waiting() {
        return packets.size();
    }

    void send(NegotiatedAudio to, byte[] payload) throws IOException {
        byte[] packet = new byte[12 + payload.length];
        RtpHeader.write(packet, 0, to.sendPayloadType(), false, sequence, timestamp, SSRC);
        System.arraycopy(payload, 0, packet, 12, payload.length);
        sendRaw(to, packet);
        sequence = sequence + 1 & 0xFFFF;
        timestamp = timestamp + payload.length & 0xFFFF_FFFFL;
    }

    /** A whole press, with three ends, in one burst. */
    void press(NegotiatedAudio to, int event, int durationMillis) throws IOException {
        TelephoneEventWriter writer = new TelephoneEventWriter(8_000, 20);
        writer.start(event, timestamp);
        int sent = 0;
        List<byte[]> burst = new ArrayList<>();
        while (writer.active()) {
            if (sent + 20 >= durationMillis) {
                writer.end(durationMillis);
            }
            byte[] packet = new byte[16];
            writer.write(packet, 12);
            RtpHeader.write(packet, 0, EVENTS, writer.marker(), sequence, writer.timestamp(), SSRC);
            burst.add(packet);
            sequence = sequence + 1 & 0xFFFF;
            timestamp = timestamp + 160 & 0xFFFF_FFFFL;
            sent += 20;
        }
        for (byte[] packet : burst) {
            sendRaw(to, packet);
        }
    }

    void sendRaw(NegotiatedAudio to, byte[] packet) throws IOException {
        socket.send(new DatagramPacket(packet, packet.length, to.remoteRtp().orElseThrow()));
    }

    private void receive() {
        byte[] buf = new byte[2048];
        DatagramPacket packet = new DatagramPacket(buf, buf.length);
        try {
            while (true) {
                packet.setLength(buf.length);
                socket.receive(packet);
                packets.add(Arrays.copyOf(buf, packet.getLength()));
            }
        } catch (IOException e) {
            // closed
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
