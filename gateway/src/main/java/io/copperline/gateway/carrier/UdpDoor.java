package io.copperline.gateway.carrier;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** SIP over UDP. */
final class UdpDoor implements Door {
    private static final int LARGEST = 65_535;

    private final DatagramSocket socket;

    UdpDoor(InetSocketAddress at) throws SocketException {
        socket = new DatagramSocket(at);
    }

    @Override
    public void listen(Messages messages) {
        Thread.ofVirtual().name("carrier-udp").start(() -> read(messages));
    }

    private void read(Messages messages) {
        byte[] bytes = new byte[LARGEST];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(bytes, LARGEST);
            try {
                socket.receive(packet);
            } catch (IOException e) {
                continue; // closed, or an ICMP error that concerns one peer
            }
            InetSocketAddress peer = (InetSocketAddress) packet.getSocketAddress();
            messages.message(Arrays.copyOf(bytes, packet.getLength()), new Back(peer));
        }
    }

    /** The way back to one address. */
    private final class Back implements Reply {
        private final InetSocketAddress peer;

        private Back(InetSocketAddress peer) {
            this.peer = peer;
        }

        @Override
        public void send(String message) {
            byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
            try {
                socket.send(new DatagramPacket(bytes, bytes.length, peer));
            } catch (IOException e) {
                // Nobody is there; whoever asks asks again (RFC 3261 section 17.1).
            }
        }

        @Override
        public InetSocketAddress peer() {
            return peer;
        }

        @Override
        public boolean stream() {
            return false;
        }
    }

    @Override
    public Reply way(InetSocketAddress peer, Runnable refused) {
        return new Back(peer);
    }

    @Override
    public int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() {
        socket.close();
    }
}
