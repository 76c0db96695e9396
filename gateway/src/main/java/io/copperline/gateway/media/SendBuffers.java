package io.copperline.gateway.media;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A shard's datagrams on their way out: a ring of packets that are filled again once the kernel has taken them, so that sending
 * allocates nothing. Owned by its shard's loop; the buffers live as long as the shard.
 */
final class SendBuffers {
    /** More than are queued in one tick with some 500 calls; past that, packets are made as they are needed. */
    private static final int COUNT = 256;

    /** Without leak detection: what is never released cannot leak. */
    private static final ByteBufAllocator BUFFERS = new UnpooledByteBufAllocator(true, true);

    private final Reused[] ring = new Reused[COUNT];
    private int next;

    /** A datagram with a copy of the bytes, for one write. */
    DatagramPacket packet(byte[] buf, int off, int len, InetSocketAddress to) {
        if (ring[next] == null) {
            ring[next] = new Reused();
        }
        Reused packet = ring[next];
        if (len > Transport.MAX_DATAGRAM_BYTES || packet.isQueued()) {
            return new DatagramPacket(BUFFERS.directBuffer(len).writeBytes(buf, off, len), to);
        }
        next = (next + 1) % COUNT;
        packet.fill(buf, off, len, to);
        return packet;
    }

    /** Gives the memory back, once nothing is sent any more. */
    void close() {
        for (Reused packet : ring) {
            if (packet != null) {
                packet.release();
            }
        }
    }

    /** One of the ring: Netty releases it after the write, and the ring's own hold on it keeps it alive. */
    private static final class Reused extends DatagramPacket {
        private static final InetSocketAddress NOWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

        private InetSocketAddress to = NOWHERE;

        Reused() {
            super(BUFFERS.directBuffer(Transport.MAX_DATAGRAM_BYTES), NOWHERE);
        }

        boolean isQueued() {
            return refCnt() > 1;
        }

        void fill(byte[] buf, int off, int len, InetSocketAddress recipient) {
            ByteBuf content = content();
            content.clear().writeBytes(buf, off, len);
            to = recipient;
            retain();
        }

        @Override
        public InetSocketAddress recipient() {
            return to;
        }
    }
}
