package io.copperline.sip.jain;

import io.copperline.sip.SipTransport;
import io.copperline.sip.wire.WireFailure;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;

/** The connections that we have opened, by where they lead. The stack keeps one for each place, and so does this. */
final class Connections {
    /** A request that is older was not lost on its way: it is its sender's to judge. */
    private static final long ON_ITS_WAY_MILLIS = 2_000;

    private record Place(InetSocketAddress peer, SipTransport transport) {}

    private record Waiting(Place where, long sentAtMillis) {}

    /** Who hears of the end of a connection that nobody here has wanted. The stack is still clearing it away. */
    interface Listener {
        void ended(InetSocketAddress peer, SipTransport transport);
    }

    private final Listener listener;
    private final Map<Place, Outgoing> open = new ConcurrentHashMap<>();
    /** Those whose requests have had no answer yet, until they time out. */
    private final Map<JainExchange, Waiting> unanswered = new ConcurrentHashMap<>();

    private final InstantSource clock;

    Connections(Listener listener, InstantSource clock) {
        this.listener = listener;
        this.clock = clock;
    }

    void opened(Outgoing connection) {
        open.put(place(connection), connection);
    }

    void ended(Outgoing connection, boolean news) {
        forget(connection);
        if (news) {
            listener.ended(connection.peer(), connection.transport());
        }
    }

    void forget(Outgoing connection) {
        open.remove(place(connection), connection);
    }

    /**
     * What was written there while the peer was closing has not been read, and can go once more. The server takes it for the same, should
     * it have been read after all: it has the same branch (RFC 3261 section 17.2.3).
     */
    List<JainExchange> lost(InetSocketAddress peer, SipTransport transport) {
        Place place = new Place(peer, transport);
        long now = clock.millis();
        return unanswered.entrySet().stream()
                .filter(one -> one.getValue().where().equals(place)
                        && now - one.getValue().sentAtMillis() < ON_ITS_WAY_MILLIS)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Its request goes there, and is not answered yet. */
    void awaits(JainExchange exchange, InetSocketAddress peer, SipTransport transport) {
        unanswered.put(exchange, new Waiting(new Place(peer, transport), clock.millis()));
    }

    boolean isWaiting(JainExchange exchange) {
        return unanswered.containsKey(exchange);
    }

    /** Whoever waits for an answer from there is past hoping. */
    void giveUp(InetSocketAddress peer, SipTransport transport) {
        Place place = new Place(peer, transport);
        unanswered.values().removeIf(waiting -> waiting.where().equals(place));
    }

    /** Its request is answered, or given up. */
    void answered(JainExchange exchange) {
        unanswered.remove(exchange);
    }

    /**
     * The peer has ended TLS by an alert. With TLS 1.3 it judges our certificate when all is well for us and requests are on their
     * way (RFC 8446 section 4.4.2.4): nobody is going to answer those.
     */
    void refused(Outgoing connection, SSLException alert) {
        Unsent why = Unsent.of(alert);
        if (why.failure() != WireFailure.HANDSHAKE_REFUSED) {
            return;
        }
        Place place = place(connection);
        unanswered.forEach((exchange, waiting) -> {
            if (waiting.where().equals(place)) {
                exchange.failed(why.failure(), why.what());
            }
        });
    }

    Optional<Outgoing> to(InetSocketAddress peer, SipTransport transport) {
        return Optional.ofNullable(open.get(new Place(peer, transport)));
    }

    private static Place place(Outgoing connection) {
        return new Place(connection.peer(), connection.transport());
    }
}
