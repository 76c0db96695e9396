package io.copperline.gateway.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/**
 * A port of TCP, each connection of which comes out elsewhere: what listens on loopback of this machine is found in a {@link
 * Namespace}, and the other way round.
 */
final class Tunnel implements AutoCloseable {
    private static final int BACKLOG = 50;

    private final ServerSocket entrance;

    private Tunnel(InetSocketAddress address, Consumer<Socket> connect) {
        try {
            entrance = new ServerSocket(address.getPort(), BACKLOG, address.getAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("tunnel").start(() -> accept(connect));
    }

    private void accept(Consumer<Socket> connect) {
        try {
            while (true) {
                connect.accept(entrance.accept());
            }
        } catch (IOException e) {
            // It is closed.
        }
    }

    /** From the namespace to the same port on loopback of this machine. */
    static Tunnel outOf(Namespace namespace, int port) {
        return new Tunnel(new InetSocketAddress(namespace.here(), port), inner -> {
            try {
                Socket outer = new Socket(InetAddress.getLoopbackAddress(), port);
                join(inner, outer);
            } catch (IOException e) {
                close(inner);
            }
        });
    }

    /** From loopback of this machine to the same port on loopback of the namespace. */
    static Tunnel into(Namespace namespace, int port) {
        String bothWays = "exec 3<>/dev/tcp/127.0.0.1/" + port + "; cat <&3 & exec cat >&3";
        return new Tunnel(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), outer -> {
            try {
                Process inner = new ProcessBuilder(namespace.inside("bash", "-c", bothWays)).start();
                Pump.start(inner.getInputStream(), outer.getOutputStream(), outer);
                Pump.start(outer.getInputStream(), inner.getOutputStream(), () -> end(inner));
            } catch (IOException e) {
                close(outer);
            }
        });
    }

    private static void join(Socket one, Socket other) throws IOException {
        Pump.start(one.getInputStream(), other.getOutputStream(), other);
        Pump.start(other.getInputStream(), one.getOutputStream(), one);
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
