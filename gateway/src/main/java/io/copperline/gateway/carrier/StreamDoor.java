package io.copperline.gateway.carrier;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** SIP over TCP or TLS. Beyond {@link #MOST_CONNECTIONS} connections, new ones are closed at once. */
final class StreamDoor implements Door {
    static final int MOST_CONNECTIONS = 100;
    private static final Duration RELIEF = Duration.ofMillis(100);

    private final ServerSocket server;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    /** @param server not bound yet */
    StreamDoor(ServerSocket server, InetSocketAddress at) throws IOException {
        this.server = server;
        try {
            server.bind(at);
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    @Override
    public void listen(Messages messages) {
        Thread.ofVirtual().name("carrier-accept").start(() -> accept(messages));
    }

    private void accept(Messages messages) {
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
