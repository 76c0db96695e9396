package io.copperline.gateway.media;

import io.copperline.webrtc.ice.FrameReader;
import io.copperline.webrtc.ice.TransportAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;

/** A browser's TCP connection: nobody's until a check has proved whose it is. Owned by its shard's loop. */
final class TcpConnection extends ChannelInboundHandlerAdapter implements FrameReader.Sink {
    private final TcpDoor door;
    private final Channel channel;
    private final byte[] scratch;
    private final TransportAddress remote;
    private final FrameReader reader = new FrameReader();
    private BrowserDoor.Resident resident;
    private long lastReadNanos;
    private boolean unflushed;

    TcpConnection(TcpDoor door, Channel channel, byte[] scratch, long nowNanos) {
        this.door = door;
        this.channel = channel;
        this.scratch = scratch;
        remote = TransportAddress.tcp((InetSocketAddress) channel.remoteAddress());
        lastReadNanos = nowNanos;
    }

    TransportAddress remote() {
        return remote;
    }

    /** Whose it is; null while that is not proved. */
    BrowserDoor.Resident resident() {
        return resident;
    }

    /** A check has proved whose it is. From now on it is closed in the common way, so that what was written last arrives. */
    void resident(BrowserDoor.Resident owner) {
        resident = owner;
        channel.config().setOption(ChannelOption.SO_LINGER, -1);
    }

    /** For a resident since the last bytes, for a stranger since it connected: nothing he sends gains him time. */
    long idleNanos(long nowNanos) {
        return nowNanos - lastReadNanos;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            while (bytes.isReadable() && channel.isOpen()) {
                int len = Math.min(bytes.readableBytes(), scratch.length);
                bytes.readBytes(scratch, 0, len);
                if (!reader.onBytes(scratch, 0, len, this)) {
                    door.refuse(this, TcpDrop.NOT_FRAMED);
                }
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    public void packet(byte[] buf, int off, int len) {
        if (channel.isOpen()) { // What stands behind a stranger's first packet is not looked at.
            long nowNanos = door.onPacket(this, buf, off, len);
            lastReadNanos = resident == null ? lastReadNanos : nowNanos;
        }
    }

    /** Queues a packet with its length before it; false where more are queued than can be said in time. */
    boolean write(byte[] buf, int off, int len) {
        if (!channel.isWritable()) {
            return false;
        }
        ByteBuf frame = channel.alloc().directBuffer(FrameReader.LENGTH_BYTES + len);
        frame.writeShort(len).writeBytes(buf, off, len);
        var _ = channel.write(frame, channel.voidPromise());
        return true;
    }

    /** Whether this is the first packet since the last flush. */
    boolean marksUnflushed() {
        boolean first = !unflushed;
        unflushed = true;
        return first;
    }

    void flush() {
        unflushed = false;
        channel.flush();
    }

    void close() {
        channel.flush();
        var _ = channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        door.onClosed(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        close(); // The other side has reset it: that is its way to say good-bye.
    }
}
