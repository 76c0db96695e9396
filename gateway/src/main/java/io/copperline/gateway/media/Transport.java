package io.copperline.gateway.media;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.Inet6Address;
import java.net.InetAddress;

/** Which of Netty's ways to the kernel is used: epoll where there is one, which reads and writes datagrams in batches. */
enum Transport {
    EPOLL,
    NIO;

    static final int MAX_DATAGRAM_BYTES = 2_048;

    private static final int BATCH = 32;
    private static final int SHARED_BUFFER_BYTES = 4 << 20;

    private static final int BACKLOG = 128;
    private static final int CONNECTION_BUFFER_BYTES = 64 << 10;
    private static final long UNSENT_BYTES = 16 << 10;
    /** What is queued beyond the kernel: a handshake or a burst of data fits, more is dropped. */
    private static final WriteBufferWaterMark QUEUE = new WriteBufferWaterMark(16 << 10, 32 << 10);

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

    /** A listening socket for browsers over TCP. A stranger's connection ends with a reset, of which the kernel keeps nothing. */
    ServerBootstrap listener(InetAddress bind) {
        SocketProtocolFamily family = family(bind);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .channelFactory(() -> listening(family))
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_LINGER, 0)
                .childOption(ChannelOption.SO_SNDBUF, CONNECTION_BUFFER_BYTES)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, QUEUE)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM_BYTES));
        if (this == EPOLL) {
            // What the kernel holds is late already: it takes no more than about a second of sound that it cannot send.
            bootstrap.childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, UNSENT_BYTES);
        }
        return bootstrap;
    }

    private ServerSocketChannel listening(SocketProtocolFamily family) {
        return this == EPOLL ? new EpollServerSocketChannel(family) : new NioServerSocketChannel();
    }

    private static SocketProtocolFamily family(InetAddress bind) {
        return bind instanceof Inet6Address ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
    }

    private Bootstrap bootstrap(InetAddress bind) {
        SocketProtocolFamily family = family(bind);
        return new Bootstrap().channelFactory(() -> channel(family));
    }

    private DatagramChannel channel(SocketProtocolFamily family) {
        return this == EPOLL ? new EpollDatagramChannel(family) : new NioDatagramChannel(family);
    }
}
