package io.copperline.gateway.example;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.webrtc.PeerConnection;
import io.copperline.webrtc.PeerEvent;
import io.copperline.webrtc.PeerSettings;
import io.copperline.webrtc.PeerSink;
import io.copperline.webrtc.RtpSender;
import io.copperline.webrtc.SessionDescription;
import io.copperline.webrtc.dtls.DtlsCertificate;
import io.copperline.webrtc.ice.IceCandidate;
import io.copperline.webrtc.ice.TransportAddress;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Answers the offer on standard input at the address that is its argument, and sends the browser back what it says. */
public final class EchoPeer extends SimpleChannelInboundHandler<DatagramPacket> implements PeerSink {
    private static final EventLoop LOOP = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()).next();
    private final byte[] buf = new byte[RtpSender.HEADROOM_BYTES + 2_048 + RtpSender.TAILROOM_BYTES];
    private ChannelHandlerContext socket;
    private PeerConnection peer;
    private Future<?> timer = LOOP.newSucceededFuture(null);

    public static void main(String[] args) throws Exception {
        EchoPeer echo = new EchoPeer();
        Bootstrap udp = new Bootstrap().group(LOOP).channel(NioDatagramChannel.class);
        udp.handler(echo).bind(args[0], 0).sync();
        SessionDescription offer = SessionDescription.offer(new String(System.in.readAllBytes(), UTF_8));
        Callable<SessionDescription> answer = () -> echo.peer.answer(offer, System.nanoTime());
        System.out.append(LOOP.submit(answer).get().sdp()).close();
        LOOP.execute(echo::onTime);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        socket = context;
        InetSocketAddress here = (InetSocketAddress) context.channel().localAddress();
        PeerSettings settings = PeerSettings.gateway(List.of(IceCandidate.host(here, 0)), List.of(AudioCodec.OPUS));
        SecureRandom random = new SecureRandom();
        DtlsCertificate certificate = DtlsCertificate.create(random, Instant.now());
        Runnable wakeUp = () -> LOOP.execute(this::onTime); // From the threads of the handshake.
        peer = new PeerConnection(
                settings, certificate, random, Thread::startVirtualThread, wakeUp, System.nanoTime(), 0);
    }

    private void onTime() {
        long now = System.nanoTime();
        peer.onTime(now, this);
        timer.cancel(false);
        timer = LOOP.schedule(this::onTime, peer.nextDeadline(now) - now, TimeUnit.NANOSECONDS);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
        int len = datagram.content().readableBytes();
        datagram.content().readBytes(buf, RtpSender.HEADROOM_BYTES, len);
        TransportAddress from = TransportAddress.udp(datagram.sender());
        var _ = peer.onDatagram(buf, RtpSender.HEADROOM_BYTES, len, from, System.nanoTime(), this);
        onTime();
    }

    @Override
    public void transmit(byte[] bytes, int off, int len, TransportAddress to) {
        var _ = socket.writeAndFlush(new DatagramPacket(Unpooled.copiedBuffer(bytes, off, len), to.socket()));
    }

    @Override
    public void rtp(byte[] packet, int off, int len) {
        peer.sender().forward(packet, off, len, System.nanoTime(), this);
    }

    @Override
    public void event(PeerEvent event) {
        if (event instanceof PeerEvent.Failed) {
            var _ = LOOP.parent().shutdownGracefully();
        }
    }
}
