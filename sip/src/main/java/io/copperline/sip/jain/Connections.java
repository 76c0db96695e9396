package io.copperline.sip.jain;

import io.copperline.sip.SipTransport;
import io.copperline.sip.wire.WireFailure;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;

/** The connections that we have opened, by where they lead. The stack keeps one for each place, and so does this. */
final class Connections {
    private record Place(InetSocketAddress peer, SipTransport transport) {}

    /** Who hears of the end of a connection that nobody here has wanted. */
    interface Listener {
        void ended(InetSocketAddress peer, SipTransport transport);
    }

    private final Listener listener;
    private final Map<Place, Outgoing> open = new ConcurrentHashMap<>();
    /** Those whose requests over TLS have had no answer yet, until they time out. */
    private final Map<JainExchange, Place> unanswered = new ConcurrentHashMap<>();

    Connections(Listener listener) {
        this.listener = listener;
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

    /** Its request goes there, and is not answered yet. */
    void awaits(JainExchange exchange, InetSocketAddress peer) {
        unanswered.put(exchange, new Place(peer, SipTransport.TLS));
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
        unanswered.forEach((exchange, where) -> {
            if (where.equals(place)) {
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
