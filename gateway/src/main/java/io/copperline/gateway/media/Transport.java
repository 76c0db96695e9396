package io.copperline.gateway.media;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.net.Inet6Address;
import java.net.InetAddress;

/** Which of Netty's ways to the kernel is used: epoll where there is one, which reads and writes datagrams in batches. */
enum Transport {
    EPOLL,
    NIO;

    static final int MAX_DATAGRAM_BYTES = 2_048;

    private static final int BATCH = 32;
    private static final int SHARED_BUFFER_BYTES = 4 << 20;

    static Transport best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    IoHandlerFactory ioHandler() {
        return this == EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }

    /** A socket for one trunk leg. */
    Bootstrap socket(InetAddress bind) {
        return bootstrap(bind)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM_BYTES));
    }

    /** A socket that many browsers share: read and written in batches, with room for bursts. */
    Bootstrap sharedSocket(InetAddress bind) {
        Bootstrap bootstrap = bootstrap(bind)
                .option(ChannelOption.SO_RCVBUF, SHARED_BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, SHARED_BUFFER_BYTES);
        if (this == EPOLL) {
            // recvmmsg: the kernel fills so many slices of one buffer as there are datagrams.
            bootstrap
                    .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, MAX_DATAGRAM_BYTES)
                    .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM_BYTES * BATCH));
        } else {
            bootstrap.option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM_BYTES));
        }
        return bootstrap;
    }

    private Bootstrap bootstrap(InetAddress bind) {
        SocketProtocolFamily family =
                bind instanceof Inet6Address ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
        return new Bootstrap().channelFactory(() -> channel(family));
    }

    private DatagramChannel channel(SocketProtocolFamily family) {
        return this == EPOLL ? new EpollDatagramChannel(family) : new NioDatagramChannel(family);
    }
}
