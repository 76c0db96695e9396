package io.copperline.gateway.carrier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;

/** SIP over TCP or TLS. Beyond {@link #MOST_CONNECTIONS} connections, new ones are closed at once. */
final class StreamDoor implements Door {
    static final int MOST_CONNECTIONS = 100;
    private static final Duration RELIEF = Duration.ofMillis(100);

    private final ServerSocket server;
    private final SocketFactory sockets;
    private final InetAddress here;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    private volatile Messages messages = (_, _) -> {};

    /**
     * @param server not bound yet
     * @param sockets of connections that it opens
     */
    StreamDoor(ServerSocket server, SocketFactory sockets, InetSocketAddress at) throws IOException {
        this.server = server;
        this.sockets = sockets;
        here = at.getAddress();
        try {
            server.bind(at);
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    @Override
    public void listen(Messages to) {
        messages = to;
        Thread.ofVirtual().name("carrier-accept").start(this::accept);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                if (open.size() < MOST_CONNECTIONS) {
                    Connection connection = new Connection(socket, open::remove);
                    open.add(connection);
                    connection.start(messages);
                } else {
                    socket.close();
                }
            } catch (IOException e) {
                relieve(); // closed, or no file descriptor is left, which may pass
            }
        }
    }

    @Override
    public Reply way(InetSocketAddress peer, Runnable refused) {
        try {
            Socket socket = sockets.createSocket();
            socket.bind(new InetSocketAddress(here, 0)); // it is known by its address
            Connection connection = Connection.open(socket, peer, open::remove, messages, refused);
            open.add(connection);
            return connection;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // no port is left
        }
    }

    private static void relieve() {
        try {
            Thread.sleep(RELIEF);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            // closed is closed
        }
        open.forEach(Connection::close);
    }
}
