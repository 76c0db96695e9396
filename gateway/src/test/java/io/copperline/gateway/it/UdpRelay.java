package io.copperline.gateway.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;

/** A network between one browser and one UDP port of the gateway, which can block UDP and let it pass again. */
final class UdpRelay implements AutoCloseable {
    private final DatagramChannel front;
    private final DatagramChannel back;
    private volatile SocketAddress browser;
    private volatile boolean blocked;

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
                if (!blocked) {
                    to.send(datagram.flip(), to.equals(front) ? browser : back.getRemoteAddress());
                }
            }
        } catch (ClosedChannelException e) {
            // The test is over.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
