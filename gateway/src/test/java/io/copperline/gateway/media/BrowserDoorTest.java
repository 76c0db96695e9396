package io.copperline.gateway.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.copperline.config.MediaSettings.PortRange;
import io.copperline.gateway.media.BrowserDoor.Stranger;
import io.copperline.webrtc.Fate;
import io.copperline.webrtc.ice.TransportAddress;
import io.copperline.webrtc.stun.StunAttribute;
import io.copperline.webrtc.stun.StunMessage;
import io.copperline.webrtc.stun.StunPassword;
import io.copperline.webrtc.stun.StunWriter;
import io.netty.channel.DefaultEventLoop;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose a datagram is, and floods from strangers. */
class BrowserDoorTest {
    private static final int FLOOD = 100_000;

    private final DefaultEventLoop loop = new DefaultEventLoop();
    private final Drops<Fate> drops = new Drops<>(Fate.class);
    private final Drops<Stranger> strangers = new Drops<>(Stranger.class);
    private final List<byte[]> written = new ArrayList<>();
    private final List<byte[]> received = new ArrayList<>();
    private final InetSocketAddress browser = new InetSocketAddress(InetAddress.ofLiteral("198.51.100.1"), 4_000);
    private BrowserDoor door;

    @BeforeEach
    void open() {
        var ports = new TrunkPorts(new PortRange(20_000, 20_001), 0, 1, Duration.ZERO);
        door = new BrowserDoor(
                new Shard(0, loop, Transport.best(), ports, () -> {}), drops, strangers, new Drops<>(TcpDrop.class));
        door.opened(new KeptDoor(written));
        BrowserDoor.Resident resident = new BrowserDoor.Resident() {
            @Override
            public Fate onDatagram(byte[] buf, int off, int len, TransportAddress from, long nowNanos) {
                received.add(Arrays.copyOfRange(buf, off, off + len));
                return Fate.TAKEN;
            }

            @Override
            public void onClosed(TransportAddress remote) {
                throw new AssertionError("nobody came over TCP");
            }
        };
        door.add("ours", resident);
        door.addAddress(TransportAddress.udp(browser), resident);
    }

    @AfterEach
    void close() {
        var _ = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    /** The first record of a ClientHello, from whoever likes to begin handshakes. */
    private static byte[] clientHello() {
        byte[] hello = new byte[200];
        hello[0] = 22;
        hello[13] = 1;
        return hello;
    }

    private static byte[] check(String ufrag) {
        return stun(StunMessage.BINDING_REQUEST, ufrag + ":theirs");
    }

    private static byte[] stun(int type, String username) {
        StunWriter writer = new StunWriter();
        int length = writer.begin(type, new byte[12])
                .text(StunAttribute.USERNAME, username)
                .finish(new StunPassword("0123456789abcdefghijkl"));
        return Arrays.copyOf(writer.buffer(), length);
    }

    /** Addresses that differ, as a forger's do. */
    private static InetSocketAddress[] forgers() throws UnknownHostException {
        InetSocketAddress[] all = new InetSocketAddress[FLOOD];
        for (int i = 0; i < FLOOD; i++) {
            byte[] address = {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i};
            all[i] = new InetSocketAddress(InetAddress.getByAddress(address), 1 + i % 65_535);
        }
        return all;
    }

    private long allocatedBytes(byte[] datagram, InetSocketAddress[] from) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (InetSocketAddress address : from) {
            door.onDatagram(datagram, 0, datagram.length, address);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void floodOfClientHellosFromStrangersIsCountedAndLeavesNothing() throws UnknownHostException {
        InetSocketAddress[] from = forgers();
        allocatedBytes(clientHello(), Arrays.copyOf(from, 20_000));
        // Not even a byte for each: so nothing can have been kept of them.
        assertTrue(allocatedBytes(clientHello(), from) < FLOOD);
        assertEquals(FLOOD + 20_000, strangers.total(Stranger.UNKNOWN_ADDRESS));
        assertUntouched();
    }

    @Test
    void floodOfChecksForNobodyIsCountedAndLeavesNothing() throws UnknownHostException {
        byte[] check = check("nobody");
        for (InetSocketAddress address : forgers()) {
            door.onDatagram(check, 0, check.length, address);
        }
        assertEquals(FLOOD, strangers.total(Stranger.UNKNOWN_UFRAG));
        assertUntouched();
    }

    @Test
    void answerBelongsToTheAddressThatWasAskedWhateverNameItRepeats() {
        byte[] answer = stun(StunMessage.BINDING_SUCCESS, "theirs:ours");
        door.onDatagram(answer, 0, answer.length, browser);
        assertEquals(1, received.size());
        door.onDatagram(answer, 0, answer.length, new InetSocketAddress(InetAddress.ofLiteral("203.0.113.1"), 1));
        assertEquals(1, received.size());
        assertEquals(1, strangers.total(Stranger.UNKNOWN_ADDRESS));
    }

    /** The strangers got no answer, and whoever lives here has heard nothing of them and is still reached. */
    private void assertUntouched() {
        assertEquals(List.of(), written);
        assertEquals(List.of(), received);
        assertEquals(1, door.residents());
        byte[] check = check("ours");
        door.onDatagram(check, 0, check.length, new InetSocketAddress(InetAddress.ofLiteral("203.0.113.1"), 1));
        door.onDatagram(clientHello(), 0, 200, browser);
        assertEquals(2, received.size());
    }
}
