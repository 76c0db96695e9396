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
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Who may connect over TCP and TLS, how often, and how many at once. The stack gives each connection two threads and never closes an
 * idle one; and its listener ends for good at the first failed accept, such as one for want of a file descriptor.
 */
final class Admission {
    private static final int MAX_OPEN = 512;
    private static final int MAX_OPEN_PER_SOURCE = 64;
    /** Twice as many may come at once. Each is two threads, and with TLS a signature of ours. */
    private static final int CONNECTIONS_PER_SECOND = 50;

    private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();
    private static final long DEAF_NANOS = Duration.ofSeconds(1).toNanos();

    /**
     * What holds for all connections.
     *
     * @param known who may connect, and whose datagrams are heard
     * @param rates of messages
     */
    record Terms(Predicate<Source> known, SourceRates rates, Drops drops, InstantSource clock) {}

    private final SipTransport transport;
    private final Terms terms;
    private final SourceRates connections = new SourceRates(CONNECTIONS_PER_SECOND);
    private final AtomicInteger open = new AtomicInteger();
    /** Open connections by address; as many entries as there are open connections, at most. */
    private final ConcurrentMap<InetAddress, Integer> bySource = new ConcurrentHashMap<>();

    Admission(SipTransport transport, Terms terms) {
        this.transport = transport;
        this.terms = terms;
    }

    /** How a server socket takes one connection; the method is protected there. */
    interface Acceptor {
        void accept(Socket into) throws IOException;
    }

    /** Waits for the next connection that may stay. */
    Incoming next(ServerSocket server, Acceptor acceptor) throws IOException {
        while (!server.isBound() && !server.isClosed()) {
            LockSupport.parkNanos(DEAF_NANOS); // another stack listens there; the end interrupts
        }
        while (true) {
            Incoming socket = new Incoming(terms.clock(), terms.drops());
            try {
                acceptor.accept(socket);
            } catch (SocketException e) {
                if (server.isClosed()) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
                continue;
            }
            if (mayStay(socket) && admit(socket)) {
                return socket;
            }
            socket.close();
        }
    }

    private boolean admit(Incoming socket) {
        InetAddress from = socket.getInetAddress();
        open.incrementAndGet();
        bySource.merge(from, 1, Integer::sum);
        StreamGate gate =
                new StreamGate(from, terms.rates(), terms.drops(), terms.clock().millis());
        socket.admit(gate, () -> {
            open.decrementAndGet();
            bySource.computeIfPresent(from, (_, count) -> count == 1 ? null : count - 1);
        });
        try {
            socket.setTcpNoDelay(true);
            return true;
        } catch (SocketException e) {
            return false; // it has ended already
        }
    }

    private boolean mayStay(Socket socket) {
        if (!(socket.getRemoteSocketAddress() instanceof InetSocketAddress from)
                || !terms.known().test(new Source(from, transport))) {
            return refused(Drop.STRANGER, " connection from " + socket.getRemoteSocketAddress());
        }
        InetAddress address = from.getAddress();
        if (bySource.getOrDefault(address, 0) >= MAX_OPEN_PER_SOURCE
                || !connections.take(address, /* ofACall= */ true, terms.clock().millis())) {
            return refused(Drop.FLOOD, " connections of " + address.getHostAddress());
        }
        return open.get() < MAX_OPEN || refused(Drop.OVERLOAD, " connections");
    }

    private boolean refused(Drop why, String what) {
        terms.drops().count(why, transport + what);
        return false;
    }
}
