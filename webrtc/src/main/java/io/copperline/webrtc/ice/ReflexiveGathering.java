package io.copperline.webrtc.ice;

import io.copperline.webrtc.stun.StunMessage;
import io.copperline.webrtc.stun.StunTransaction;
import io.copperline.webrtc.stun.StunWriter;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Asks STUN servers how a socket looks from beyond the NAT (RFC 8445 section 5.1.1.2), and goes on asking, which keeps the NAT's
 * binding (section 5.1.1.4) and notices another address. Owned by the socket's thread.
 */
public final class ReflexiveGathering {
    /** Tr (RFC 8445 section 11). */
    private static final long REFRESH_NANOS = TimeUnit.SECONDS.toNanos(15);

    /** Where requests go. */
    @FunctionalInterface
    public interface Sink {
        void transmit(byte[] buf, int off, int len, TransportAddress to);
    }

    private final List<Server> servers;
    private final RandomGenerator random;
    private final StunMessage message = new StunMessage();
    private final StunWriter writer = new StunWriter();

    public ReflexiveGathering(List<InetSocketAddress> servers, RandomGenerator random, long nowNanos) {
        this.random = random;
        this.servers = servers.stream()
                .map(at -> new Server(TransportAddress.udp(at), nowNanos))
                .toList();
    }

    /** The addresses of the servers, from which answers come. */
    public List<TransportAddress> servers() {
        return servers.stream().map(server -> server.address).toList();
    }

    /** Takes a STUN message from a server's address. */
    public IceDrop onDatagram(byte[] buf, int off, int len, TransportAddress from, long nowNanos) {
        if (!message.read(buf, off, len)) {
            return IceDrop.MALFORMED;
        }
        for (Server server : servers) {
            if (server.address.equals(from) && server.request.answeredBy(message)) {
                server.request.end();
                server.lost = false;
                server.dueNanos = nowNanos + REFRESH_NANOS;
                server.mapped = message.type() == StunMessage.BINDING_SUCCESS
                        ? message.mappedAddress().filter(server::fits)
                        : Optional.empty();
                return IceDrop.TAKEN;
            }
        }
        return IceDrop.UNEXPECTED;
    }

    /** Asks whoever is due. */
    public void onTime(long nowNanos, Sink sink) {
        for (int i = 0; i < servers.size(); i++) { // No iterator: this is asked all the time.
            servers.get(i).onTime(nowNanos, sink);
        }
    }

    /** Our addresses as servers see them, each once. */
    public List<InetSocketAddress> addresses() {
        return servers.stream()
                .flatMap(server -> server.mapped.stream())
                .distinct()
                .toList();
    }

    /** Whether no server answers any more: their names may lead elsewhere by now. */
    public boolean unanswered() {
        for (int i = 0; i < servers.size(); i++) {
            if (!servers.get(i).lost) {
                return false;
            }
        }
        return true;
    }

    private final class Server {
        final TransportAddress address;
        final StunTransaction request = new StunTransaction();
        Optional<InetSocketAddress> mapped = Optional.empty();
        long dueNanos;
        boolean lost;

        Server(TransportAddress address, long dueNanos) {
            this.address = address;
            this.dueNanos = dueNanos;
        }

        /** A server that speaks IPv4 with us cannot know our IPv6 address, whatever it says. */
        boolean fits(InetSocketAddress reflexive) {
            return reflexive.getPort() != 0
                    && !reflexive.getAddress().isAnyLocalAddress()
                    && reflexive
                            .getAddress()
                            .getClass()
                            .equals(address.socket().getAddress().getClass());
        }

        void onTime(long nowNanos, Sink sink) {
            if (request.expired(nowNanos)) {
                request.end();
                mapped = Optional.empty();
                lost = true;
                dueNanos = nowNanos + REFRESH_NANOS;
            }
            if (!request.open() && nowNanos - dueNanos >= 0) {
                request.begin(random, nowNanos);
            }
            if (request.due(nowNanos)) {
                request.sent(false, nowNanos);
                writer.begin(StunMessage.BINDING_REQUEST, request.id());
                sink.transmit(writer.buffer(), 0, writer.finish(), address);
            }
        }
    }
}
