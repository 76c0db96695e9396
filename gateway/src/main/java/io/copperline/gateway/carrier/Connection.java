package io.copperline.gateway.carrier;

import io.copperline.gateway.carrier.Door.Messages;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;

/** One connection, with a thread that reads and one that writes: a peer that does not read delays nobody, and loses it. */
final class Connection implements Reply, AutoCloseable {
    private static final int MOST_WAITING = 100;
    private static final int CONNECT_MILLIS = 10_000;

    private final Socket socket;
    private final InetSocketAddress peer;
    private final Consumer<Connection> gone;
    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);

    /** @param gone told when it has ended */
    Connection(Socket socket, Consumer<Connection> gone) {
        this(socket, (InetSocketAddress) socket.getRemoteSocketAddress(), gone);
    }

    private Connection(Socket socket, InetSocketAddress peer, Consumer<Connection> gone) {
        this.socket = socket;
        this.peer = peer;
        this.gone = gone;
    }

    /**
     * One that is opened to a peer. What is sent meanwhile waits.
     *
     * @param socket bound to our address, not connected yet
     * @param refused called where that fails, on the connection's thread
     */
    static Connection open(
            Socket socket, InetSocketAddress peer, Consumer<Connection> gone, Messages messages, Runnable refused) {
        Connection connection = new Connection(socket, peer, gone);
        Thread.ofVirtual().name("carrier-connect").start(() -> {
            try {
                socket.connect(peer, CONNECT_MILLIS);
                if (socket instanceof SSLSocket tls) {
                    tls.startHandshake();
                }
                connection.start(messages);
            } catch (IOException e) {
                connection.close();
                gone.accept(connection);
                refused.run();
            }
        });
        return connection;
    }

    void start(Messages messages) {
        Thread writer = Thread.ofVirtual().name("carrier-write").start(this::write);
        Thread.ofVirtual().name("carrier-read").start(() -> {
            read(messages);
            writer.interrupt();
        });
    }

    private void read(Messages messages) {
        try (socket) {
            MessageStream in = new MessageStream(
                    new BufferedInputStream(socket.getInputStream()), () -> send("\r\n")); // RFC 5626 section 4.4.1
            for (Optional<byte[]> next = in.next(); next.isPresent(); next = in.next()) {
                messages.message(next.get(), this);
            }
        } catch (IOException e) {
            // The other side has gone, or speaks no TLS.
        } finally {
            gone.accept(this);
        }
    }

    private void write() {
        try {
            OutputStream out = socket.getOutputStream();
            while (true) {
                out.write(waiting.take().getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (IOException e) {
            close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the reader has ended
        }
    }

    @Override
    public void send(String message) {
        if (!waiting.offer(message)) {
            close();
        }
    }

    @Override
    public InetSocketAddress peer() {
        return peer;
    }

    @Override
    public boolean stream() {
        return true;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // closed is closed
        }
    }
}
