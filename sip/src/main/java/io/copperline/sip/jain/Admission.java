package io.copperline.sip.jain;

import io.copperline.sip.Drop;
import io.copperline.sip.Drops;
import io.copperline.sip.SipTransport;
import io.copperline.sip.wire.Source;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Who may connect over TCP and TLS, and how many. The stack gives each connection two threads and never closes an idle one;
 * and its listener ends for good at the first failed accept, such as one for want of a file descriptor.
 */
final class Admission {
    private static final int MAX_OPEN = 512;
    private static final int MAX_OPEN_PER_SOURCE = 64;
    private static final int IDLE_MILLIS = (int) Duration.ofMinutes(15).toMillis();
    private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    private static final long DEAF_NANOS = Duration.ofSeconds(1).toNanos();

    private final SipTransport transport;
    private final Predicate<Source> known;
    private final Drops drops;
    private final AtomicInteger open = new AtomicInteger();
    /** Open connections by address; as many entries as there are open connections, at most. */
    private final ConcurrentMap<InetAddress, Integer> bySource = new ConcurrentHashMap<>();

    Admission(SipTransport transport, Predicate<Source> known, Drops drops) {
        this.transport = transport;
        this.known = known;
        this.drops = drops;
    }

    /** A connection that counts itself out when it is closed. */
    private final class Admitted extends Socket {
        private boolean counted;

        synchronized void count() {
            counted = true;
            open.incrementAndGet();
            bySource.merge(getInetAddress(), 1, Integer::sum);
        }

        @Override
        public synchronized void close() throws IOException {
            if (counted) {
                counted = false;
                open.decrementAndGet();
                bySource.computeIfPresent(getInetAddress(), (_, count) -> count == 1 ? null : count - 1);
            }
            super.close();
        }
    }

    /** How a server socket takes one connection; the method is protected there. */
    interface Acceptor {
        void accept(Socket into) throws IOException;
    }

    /** Waits for the next connection that may stay. */
    Socket next(ServerSocket server, Acceptor acceptor) throws IOException {
        while (!server.isBound() && !server.isClosed()) {
            LockSupport.parkNanos(DEAF_NANOS); // another stack listens there; the end interrupts
        }
        while (true) {
            Admitted socket = new Admitted();
            try {
                acceptor.accept(socket);
            } catch (SocketException e) {
                if (server.isClosed()) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
                continue;
            }
            if (mayStay(socket)) {
                socket.count();
                socket.setSoTimeout(IDLE_MILLIS);
                socket.setTcpNoDelay(true);
                return socket;
            }
            socket.close();
        }
    }

    private boolean mayStay(Socket socket) {
        if (!(socket.getRemoteSocketAddress() instanceof InetSocketAddress from)
                || !known.test(new Source(from, transport))) {
            drops.count(Drop.STRANGER, transport + " connection from " + socket.getRemoteSocketAddress());
            return false;
        }
        if (bySource.getOrDefault(from.getAddress(), 0) >= MAX_OPEN_PER_SOURCE) {
            drops.count(
                    Drop.FLOOD,
                    transport + " connections of " + from.getAddress().getHostAddress());
            return false;
        }
        if (open.get() >= MAX_OPEN) {
            drops.count(Drop.OVERLOAD, transport + " connections");
            return false;
        }
        return true;
    }
}
