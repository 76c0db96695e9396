package io.copperline.sip;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;

/** Which of our addresses a packet to somewhere would leave by. Asks the routing table; nothing is sent. */
final class LocalAddress {
    private static final int ANY_PORT = 9;

    private LocalAddress() {}

    static InetAddress towards(InetAddress peer) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(peer, ANY_PORT));
            InetAddress local = socket.getLocalAddress();
            return local.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : local;
        } catch (SocketException | java.io.UncheckedIOException e) {
            return InetAddress.getLoopbackAddress(); // no route: nothing can be reached anyway
        }
    }
}
