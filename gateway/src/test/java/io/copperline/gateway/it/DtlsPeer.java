package io.copperline.gateway.it;

import io.copperline.webrtc.dtls.DtlsTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.util.Optional;

/** Our DTLS on a UDP socket of loopback, driven by a thread of its own. */
final class DtlsPeer implements AutoCloseable {
    private static final int STEP_MILLIS = 5;

    private final DatagramSocket socket;
    private final DtlsTransport transport;
    private final Thread owner;
    private Optional<SocketAddress> remote = Optional.empty();
    private volatile int longestBytes;
    private volatile boolean over;

    /** Waits for whoever comes. */
    DtlsPeer() {
        this(Optional.empty());
    }

    /** Talks to a port of loopback. */
    DtlsPeer(int port) {
        this(Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    }

    private DtlsPeer(Optional<SocketAddress> remote) {
        this.remote = remote;
        try {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            socket.setSoTimeout(STEP_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        transport = new DtlsTransport(
                new SecureRandom(), task -> Thread.ofVirtual().start(task), () -> {}, System.nanoTime());
        owner = Thread.ofPlatform().name("dtls-peer").unstarted(this::run);
    }

    /** Begins to listen and to send; {@link DtlsTransport#start} comes before. */
    DtlsPeer open() {
        owner.start();
        return this;
    }

    private void run() {
        DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
        try {
            while (!over) {
                transport.onTime(System.nanoTime());
                send();
                receive(packet);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void receive(DatagramPacket packet) throws IOException {
        try {
            socket.receive(packet);
            remote = Optional.of(packet.getSocketAddress());
            transport.onDatagram(packet.getData(), 0, packet.getLength());
        } catch (SocketTimeoutException e) {
            // Time has passed, and that is all.
        }
    }

    private void send() throws IOException {
        if (remote.isEmpty()) {
            return;
        }
        for (var next = transport.nextDatagram(); next.isPresent(); next = transport.nextDatagram()) {
            byte[] bytes = next.get();
            longestBytes = Math.max(longestBytes, bytes.length);
            socket.send(new DatagramPacket(bytes, bytes.length, remote.get()));
        }
    }

    DtlsTransport transport() {
        return transport;
    }

    int port() {
        return socket.getLocalPort();
    }

    int longestBytes() {
        return longestBytes;
    }

    void await(DtlsTransport.State state) {
        Await.until("DTLS is " + state + "; it is " + transport.state(), () -> transport.state() == state);
    }

    @Override
    public void close() {
        over = true;
        try {
            owner.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        socket.close();
    }
}
