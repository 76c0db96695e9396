package io.copperline.gateway.media;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One UDP socket on a shard's loop. Datagrams are copied once on the way in and once on the way out. */
final class NettyDoor implements Door {
    private final Channel channel;
    private final SendBuffers sending;
    private boolean unflushed;

    private NettyDoor(Channel channel, SendBuffers sending) {
        this.channel = channel;
        this.sending = sending;
    }

    /**
     * Opens a socket on the shard's loop.
     */
    static CompletionStage<Door> open(Bootstrap bootstrap, Shard shard, InetAddress bind, int port, DatagramSink sink) {
        CompletableFuture<Door> opened = new CompletableFuture<>();
        ChannelFuture binding = bootstrap
                .clone()
                .group(shard.loop())
                .handler(new Reader(shard.scratch(), sink))
                .bind(bind, port);
        binding.addListener(_ -> {
            if (binding.isSuccess()) {
                opened.complete(new NettyDoor(binding.channel(), shard.sendBuffers()));
            } else {
                opened.completeExceptionally(binding.cause());
            }
        });
        return opened;
    }

    @Override
    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    @Override
    public void write(byte[] buf, int off, int len, InetSocketAddress to) {
        var _ = channel.write(sending.packet(buf, off, len, to), channel.voidPromise());
        unflushed = true;
    }

    @Override
    public void flush() {
        if (unflushed) {
            unflushed = false;
            channel.flush();
        }
    }

    @Override
    public void close() {
        var _ = channel.close();
    }

    /** Reads datagrams into the shard's scratch buffer. Whatever a sink throws is its own bug, and ends no socket. */
    private static final class Reader extends ChannelInboundHandlerAdapter {
        private final byte[] scratch;
        private final DatagramSink sink;

        Reader(byte[] scratch, DatagramSink sink) {
            this.scratch = scratch;
            this.sink = sink;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            DatagramPacket packet = (DatagramPacket) message;
            try {
                ByteBuf content = packet.content();
                int len = Math.min(content.readableBytes(), scratch.length);
                content.readBytes(scratch, 0, len); // getBytes would make a view of the buffer for each call.
                sink.onDatagram(scratch, 0, len, packet.sender());
            } finally {
                packet.release();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // ICMP errors of earlier datagrams come up here: the peer's port is closed, which time-outs deal with.
        }
    }
}
