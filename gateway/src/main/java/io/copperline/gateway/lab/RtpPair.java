package io.copperline.gateway.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** The two sockets of one leg: RTP, and RTCP on the next port (RFC 3550 section 11). */
final class RtpPair implements AutoCloseable {
    /** No audio or report is longer; the rest of a longer datagram is cut off by the system. */
    static final int MAX_BYTES = 2048;

    private static final int MOST_AT_ONCE = 64;

    /** Takes in what arrives. The buffer is the reader's own and is read during the call only. */
    interface Receiver {
        void onRtp(byte[] packet, int len, InetSocketAddress from, long nowNanos);

        void onRtcp(byte[] packet, int len, long nowNanos);
    }

    private final DatagramChannel rtp;
    private final DatagramChannel rtcp;
    private final LabDrops drops;
    private final Runnable onClose;
    private final int port;
    private final byte[] bytes = new byte[MAX_BYTES];

    RtpPair(DatagramChannel rtp, DatagramChannel rtcp, int port, LabDrops drops, Runnable onClose) {
        this.rtp = rtp;
        this.rtcp = rtcp;
        this.port = port;
        this.drops = drops;
        this.onClose = onClose;
    }

    /** What arrives is taken in as a part of its owner's call. */
    void listen(LabLoop loop, Owner owner, Receiver receiver) {
        try {
            loop.onReadable(rtp, now -> owner.run(() -> drain(rtp, receiver, now)));
            loop.onReadable(rtcp, now -> owner.run(() -> drain(rtcp, receiver, now)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The RTP port; RTCP is on the next one. */
    int port() {
        return port;
    }

    void sendRtp(byte[] packet, int len, InetSocketAddress to) {
        send(rtp, packet, len, to);
    }

    void sendRtcp(byte[] packet, int len, InetSocketAddress to) {
        send(rtcp, packet, len, to);
    }

    @Override
    public void close() {
        if (!rtp.isOpen()) {
            return;
        }
        try (rtp;
                rtcp) {
            onClose.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void drain(DatagramChannel channel, Receiver receiver, long nowNanos) {
        for (int i = 0; i < MOST_AT_ONCE && channel.isOpen(); i++) {
            ByteBuffer into = ByteBuffer.wrap(bytes);
            InetSocketAddress from;
            try {
                from = (InetSocketAddress) channel.receive(into);
            } catch (IOException e) {
                drops.count(LabDrop.MALFORMED);
                return;
            }
            if (from == null) {
                return;
            }
            if (channel.equals(rtp)) {
                receiver.onRtp(bytes, into.position(), from, nowNanos);
            } else {
                receiver.onRtcp(bytes, into.position(), nowNanos);
            }
        }
    }

    private void send(DatagramChannel channel, byte[] packet, int len, InetSocketAddress to) {
        try {
            if (channel.send(ByteBuffer.wrap(packet, 0, len), to) != len) {
                drops.count(LabDrop.UNSENT);
            }
        } catch (IOException | IllegalArgumentException e) {
            // An address family that this socket cannot reach is an IllegalArgumentException.
            drops.count(LabDrop.UNSENT);
        }
    }
}
