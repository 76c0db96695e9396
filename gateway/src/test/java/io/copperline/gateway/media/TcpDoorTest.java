package io.copperline.gateway.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.config.MediaSettings.PortRange;
import io.copperline.gateway.FreePorts;
import io.copperline.webrtc.Fate;
import io.copperline.webrtc.ice.FrameReader;
import io.copperline.webrtc.ice.TransportAddress;
import io.copperline.webrtc.stun.StunAttribute;
import io.copperline.webrtc.stun.StunMessage;
import io.copperline.webrtc.stun.StunPassword;
import io.copperline.webrtc.stun.StunWriter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A shard's TCP port over loopback, by each of Netty's ways to the kernel. */
@ParameterizedClass
@EnumSource(Transport.class)
class TcpDoorTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final byte[] MEDIA = {(byte) 0x80, 1, 2, 3};

    /** A peer whose checks need no password, and who sends everything back. */
    private final class Peer implements BrowserDoor.Resident {
        final BlockingQueue<TransportAddress> closed = new LinkedBlockingQueue<>();
        volatile TransportAddress from;

        @Override
        public Fate onDatagram(byte[] buf, int off, int len, TransportAddress sender, long nowNanos) {
            from = sender;
            door.addAddress(sender, this);
            door.write(buf, off, len, sender);
            return Fate.TAKEN;
        }

        @Override
        public void onClosed(TransportAddress remote) {
            closed.add(remote);
        }
    }

    @Parameter
    Transport transport;

    private final Drops<TcpDrop> drops = new Drops<>(TcpDrop.class);
    private final Drops<BrowserDoor.Stranger> strangers = new Drops<>(BrowserDoor.Stranger.class);
    private final Peer peer = new Peer();
    private final List<Socket> sockets = new ArrayList<>();
    private MultiThreadIoEventLoopGroup loops;
    private Shard shard;
    private BrowserDoor door;

    @BeforeEach
    void open() throws Exception {
        loops = new MultiThreadIoEventLoopGroup(1, transport.ioHandler());
        TrunkPorts ports = new TrunkPorts(new PortRange(20_000, 20_009), 0, 1, Duration.ZERO);
        shard = new Shard(0, loops.next(), transport, ports, () -> {});
        door = new BrowserDoor(shard, new Drops<>(Fate.class), strangers, drops);
        door.opened(NettyDoor.open(transport.sharedSocket(LOOPBACK), shard, LOOPBACK, FreePorts.one(), door::onDatagram)
                .toCompletableFuture()
                .join());
        door.tcp()
                .listen(transport.listener(LOOPBACK), LOOPBACK, door.port())
                .toCompletableFuture()
                .join();
        shard.start(door);
        onLoop(() -> door.add("ours", peer));
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        door.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        shard.sendBuffers().close();
    }

    private void onLoop(Runnable task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        shard.execute(() -> {
            task.run();
            done.complete(null);
        });
        done.join();
    }

    private void later(int seconds) {
        onLoop(() -> door.tcp().onTime(shard.nowNanos() + TimeUnit.SECONDS.toNanos(seconds)));
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(LOOPBACK, door.port());
        socket.setSoTimeout(20_000);
        sockets.add(socket);
        return socket;
    }

    private static byte[] check(String username) {
        StunWriter writer = new StunWriter();
        int len = writer.begin(StunMessage.BINDING_REQUEST, new byte[12])
                .text(StunAttribute.USERNAME, username)
                .finish(new StunPassword("none"));
        return Arrays.copyOf(writer.buffer(), len);
    }

    private static void send(Socket socket, byte[] packet) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        byte[] frame = new byte[2 + packet.length];
        frame[0] = (byte) (packet.length >> 8);
        frame[1] = (byte) packet.length;
        System.arraycopy(packet, 0, frame, 2, packet.length);
        out.write(frame);
    }

    private static byte[] receive(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        return in.readNBytes(in.readUnsignedShort());
    }

    private Socket proved() throws IOException {
        Socket socket = connect();
        send(socket, check("ours:theirs"));
        assertArrayEquals(check("ours:theirs"), receive(socket));
        return socket;
    }

    /** Waits for the end without having been told anything. */
    private static void assertClosed(Socket socket) throws IOException {
        try {
            assertEquals(-1, socket.getInputStream().read());
        } catch (SocketException e) {
            // A reset ends it, too.
        }
    }

    private static void await(LongSupplier figure, long wanted) {
        for (long end = System.nanoTime() + 10_000_000_000L;
                figure.getAsLong() != wanted && end - System.nanoTime() > 0; ) {
            Thread.onSpinWait();
        }
        assertEquals(wanted, figure.getAsLong());
    }

    @Test
    void aCheckOpensTheWayForWhateverFollows() throws IOException {
        Socket socket = proved();
        assertEquals(
                new TransportAddress(
                        TransportAddress.Protocol.TCP, (java.net.InetSocketAddress) socket.getLocalSocketAddress()),
                peer.from);
        send(socket, MEDIA);
        assertArrayEquals(MEDIA, receive(socket));
    }

    @Test
    void strangersAreCutOffAndToldNothing() throws IOException {
        byte[] request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        Socket http = connect();
        http.getOutputStream().write(request);
        assertClosed(http);
        await(() -> drops.total(TcpDrop.NOT_FRAMED), 1);
        for (byte[] packet : List.of(MEDIA, check("nobodys:theirs"), check("ours"), new byte[] {22, 1, 2})) {
            Socket socket = connect();
            send(socket, packet);
            assertClosed(socket);
        }
        await(
                () -> strangers.total(BrowserDoor.Stranger.UNKNOWN_UFRAG)
                        + strangers.total(BrowserDoor.Stranger.UNKNOWN_ADDRESS),
                4);
        await(() -> door.tcp().open(), 0);
    }

    @Test
    void whoSendsNoCheckHasSecondsAndNoMore() throws IOException {
        Socket silent = connect();
        Socket slow = connect();
        slow.getOutputStream().write(new byte[] {0, 100, 0, 1});
        await(() -> door.tcp().open(), 2);
        later(1);
        assertEquals(2, door.tcp().open());
        later(7);
        assertClosed(silent);
        assertClosed(slow);
        await(() -> drops.total(TcpDrop.UNCHECKED), 2);
    }

    @Test
    void anAddressHasFewConnectionsUntilTheyAreProved() throws IOException {
        for (int i = 0; i < 20; i++) {
            proved();
        }
        Socket first = connect();
        for (int i = 1; i < 16; i++) {
            connect();
        }
        assertClosed(connect());
        await(() -> drops.total(TcpDrop.TOO_MANY_FROM_ADDRESS), 1);
        first.close();
        await(() -> door.tcp().open(), 20 + 15);
        proved();
    }

    @Test
    void theEndOfAConnectionIsTold() throws Exception {
        Socket socket = proved();
        TransportAddress remote = peer.from;
        socket.close();
        assertEquals(remote, peer.closed.poll(20, TimeUnit.SECONDS));
        onLoop(() -> door.write(MEDIA, 0, MEDIA.length, remote));
        assertEquals(1, drops.total(TcpDrop.GONE));
    }

    @Test
    void aConnectionIsNoWayToAnotherPeer() throws IOException {
        Peer other = new Peer();
        onLoop(() -> door.add("others", other));
        Socket socket = proved();
        send(socket, check("others:theirs"));
        send(socket, MEDIA);
        assertArrayEquals(MEDIA, receive(socket));
        assertEquals(null, other.from);
    }

    @Test
    void aPeerThatLeavesTakesItsConnectionsWithItAfterItsLastWords() throws IOException {
        Socket socket = proved();
        onLoop(() -> {
            door.write(MEDIA, 0, MEDIA.length, peer.from);
            door.remove(peer);
        });
        assertArrayEquals(MEDIA, receive(socket));
        assertClosed(socket);
    }

    @Test
    void aConnectionThatHasGoneQuietIsClosed() throws IOException {
        Socket socket = proved();
        later(50);
        send(socket, MEDIA);
        assertArrayEquals(MEDIA, receive(socket));
        later(70);
        assertClosed(socket);
        assertEquals(1, drops.total(TcpDrop.IDLE));
    }

    @Test
    void whoDoesNotReadLosesPacketsAndCostsNoMemory() throws IOException {
        Socket socket = proved();
        byte[] packet = new byte[1_000];
        packet[0] = (byte) 0x80;
        int packets = 20_000;
        for (int i = 0; i < packets; i += 100) {
            onLoop(() -> {
                for (int n = 0; n < 100; n++) {
                    door.write(packet, 0, packet.length, peer.from);
                }
                door.flush();
            });
        }
        long dropped = drops.total(TcpDrop.CONGESTED);
        assertTrue(dropped > packets / 2, () -> dropped + " packets dropped");
        // What was taken is whole, and what is sent once there is room again arrives behind it.
        for (long i = dropped; i < packets; i++) {
            assertEquals(packet.length, receive(socket).length);
        }
        send(socket, MEDIA);
        assertArrayEquals(MEDIA, receive(socket));
        assertTrue(FrameReader.MAX_PACKET_BYTES >= packet.length);
    }
}
