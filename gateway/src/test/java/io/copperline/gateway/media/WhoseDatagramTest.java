package io.copperline.gateway.media;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.copperline.config.MediaSettings.PortRange;
import io.copperline.webrtc.Fate;
import io.copperline.webrtc.ice.TransportAddress;
import io.copperline.webrtc.stun.StunAttribute;
import io.copperline.webrtc.stun.StunMessage;
import io.copperline.webrtc.stun.StunWriter;
import io.netty.channel.DefaultEventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose a datagram is. */
class WhoseDatagramTest {
    private static final InetSocketAddress THERE = new InetSocketAddress(InetAddress.ofLiteral("198.51.100.1"), 4_000);
    private static final byte[] MEDIA = {(byte) 0x80, 1, 2, 3};

    private static final class Peer implements BrowserDoor.Resident {
        final List<TransportAddress> from = new ArrayList<>();

        @Override
        public Fate onDatagram(byte[] buf, int off, int len, TransportAddress sender, long nowNanos) {
            from.add(sender);
            return Fate.TAKEN;
        }

        @Override
        public void onClosed(TransportAddress remote) {}
    }

    private final Drops<BrowserDoor.Stranger> strangers = new Drops<>(BrowserDoor.Stranger.class);
    private final BrowserDoor door = new BrowserDoor(
            new Shard(
                    0,
                    new DefaultEventLoop(),
                    Transport.NIO,
                    new TrunkPorts(new PortRange(20_000, 20_009), 0, 1, Duration.ZERO),
                    () -> {}),
            new Drops<>(Fate.class),
            strangers,
            new Drops<>(TcpDrop.class));
    private final Peer peer = new Peer();

    WhoseDatagramTest() {
        door.opened(new KeptDoor(new ArrayList<>()));
        door.add("ours", peer);
    }

    private void give(byte[] bytes, int len) {
        door.onDatagram(bytes, 0, len, THERE);
    }

    private void answerFromThere() {
        StunWriter writer = new StunWriter();
        int len = writer.begin(StunMessage.BINDING_SUCCESS, new byte[12]).finish();
        give(writer.buffer(), len);
    }

    @Test
    void aCheckFindsItsPeerByTheFragmentAndOthersByAProvedAddress() {
        StunWriter writer = new StunWriter();
        int len = writer.begin(StunMessage.BINDING_REQUEST, new byte[12])
                .text(StunAttribute.USERNAME, "ours:theirs")
                .finish();
        give(writer.buffer(), len);
        assertEquals(List.of(TransportAddress.udp(THERE)), peer.from);
        give(MEDIA, MEDIA.length);
        assertEquals(1, strangers.total(BrowserDoor.Stranger.UNKNOWN_ADDRESS));
        door.addAddress(peer.from.getFirst(), peer);
        give(MEDIA, MEDIA.length);
        assertEquals(2, peer.from.size());
        door.remove(peer);
        give(MEDIA, MEDIA.length);
        assertEquals(2, strangers.total(BrowserDoor.Stranger.UNKNOWN_ADDRESS));
    }

    @Test
    void theAnswerToACheckOfOursFindsWhoSentIt() {
        answerFromThere();
        assertEquals(1, strangers.total(BrowserDoor.Stranger.UNKNOWN_ADDRESS));
        door.expect(TransportAddress.udp(THERE), peer);
        answerFromThere();
        assertEquals(1, peer.from.size());
        Peer other = new Peer();
        door.expect(TransportAddress.udp(THERE), other);
        answerFromThere();
        assertEquals(List.of(), other.from);
        door.addAddress(TransportAddress.udp(THERE), other); // It has proved that it is there.
        answerFromThere();
        assertEquals(1, other.from.size());
        door.remove(peer);
        answerFromThere();
        assertEquals(2, other.from.size());
    }
}
