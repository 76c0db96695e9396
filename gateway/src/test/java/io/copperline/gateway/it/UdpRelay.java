package io.copperline.gateway.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.HashMap;
import java.util.Map;

/** A network between one browser and one UDP port of the gateway, which can block UDP, or what the browser would hear, and let it pass again. */
final class UdpRelay implements AutoCloseable {
    /** UDP candidates that the page takes from the gateway lead to the relay of their port, or are left out where there is none. */
    private static final String RELAYED = """
            relays => {
              const relayed = (line) => {
                const words = line.split(' ');
                if (!line.startsWith('a=candidate:') || words[2] === 'tcp') {
                  return [line];
                }
                const port = relays[words[5]];
                return port === undefined ? [] : [[...words.slice(0, 5), port, ...words.slice(6)].join(' ')];
              };
              const take = RTCPeerConnection.prototype.setRemoteDescription;
              RTCPeerConnection.prototype.setRemoteDescription = function ({ type, sdp }) {
                return take.call(this, { type, sdp: sdp.split('\\r\\n').flatMap(relayed).join('\\r\\n') });
              };
            }""";

    private final DatagramChannel front;
    private final DatagramChannel back;
    private volatile SocketAddress browser;
    private volatile boolean blocked;
    private volatile boolean silent;

    UdpRelay(int gatewayPort) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try {
            front = DatagramChannel.open().bind(new InetSocketAddress(loopback, 0));
            back = DatagramChannel.open().connect(new InetSocketAddress(loopback, gatewayPort));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().start(() -> carry(front, back));
        Thread.ofPlatform().daemon().start(() -> carry(back, front));
    }

    /** Where the browser finds the gateway. */
    int port() {
        try {
            return ((InetSocketAddress) front.getLocalAddress()).getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes a page take these ways.
     *
     * @param relays by the gateway's ports
     */
    static void redirect(Tab tab, Map<Integer, UdpRelay> relays) {
        Map<String, Integer> ports = new HashMap<>();
        relays.forEach((port, relay) -> ports.put("" + port, relay.port()));
        tab.run(RELAYED, ports);
    }

    /** Loses the RTP that the gateway sends, and nothing else. */
    void silence(boolean all) {
        silent = all;
    }

    void block(boolean all) {
        blocked = all;
    }

    private void carry(DatagramChannel from, DatagramChannel to) {
        ByteBuffer datagram = ByteBuffer.allocate(2_048);
        try {
            while (true) {
                SocketAddress sender = from.receive(datagram.clear());
                if (from.equals(front)) {
                    browser = sender;
                }
                datagram.flip();
                boolean toBrowser = to.equals(front);
                boolean lost = blocked || silent && toBrowser && isRtp(datagram);
                if (!lost) {
                    to.send(datagram, toBrowser ? browser : back.getRemoteAddress());
                }
            }
        } catch (ClosedChannelException e) {
            // The test is over.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** RFC 7983, and RFC 5761 section 4 for what is RTCP. */
    private static boolean isRtp(ByteBuffer datagram) {
        int first = datagram.get(0) & 0xFF;
        int type = datagram.get(1) & 0x7F;
        return first >= 128 && first <= 191 && (type < 64 || type > 95);
    }

    @Override
    public void close() {
        try (front;
                back) {
            blocked = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
