package io.copperline.gateway.it;

import io.copperline.webrtc.stun.StunMessage;
import io.copperline.webrtc.stun.StunWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;

/** A STUN server beyond a NAT that there is not: it tells everybody the same address. */
final class StunServer implements AutoCloseable {
    private final DatagramSocket socket;
    private final InetSocketAddress outside;

    StunServer(InetSocketAddress outside) {
        this.outside = outside;
        try {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().start(this::serve);
    }

    String uri() {
        return "stun:127.0.0.1:" + socket.getLocalPort();
    }

    private void serve() {
        StunMessage request = new StunMessage();
        StunWriter writer = new StunWriter();
        DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
        try {
            while (!socket.isClosed()) {
                socket.receive(packet);
                if (request.read(packet.getData(), 0, packet.getLength())) {
                    int len = writer.begin(StunMessage.BINDING_SUCCESS, request.transactionId())
                            .mappedAddress(outside)
                            .finish();
                    socket.send(new DatagramPacket(writer.buffer(), len, packet.getSocketAddress()));
                }
            }
        } catch (SocketException e) {
            // The test is over.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
