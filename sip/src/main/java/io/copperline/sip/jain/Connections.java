package io.copperline.sip.jain;

import io.copperline.sip.SipTransport;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The connections that we have opened, by where they lead. The stack keeps one for each place, and so does this. */
final class Connections {
    private record Place(InetSocketAddress peer, SipTransport transport) {}

    /** Who hears of the end of a connection that nobody here has wanted. */
    interface Listener {
        void ended(InetSocketAddress peer, SipTransport transport);
    }

    private final Listener listener;
    private final Map<Place, Outgoing> open = new ConcurrentHashMap<>();

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

    Optional<Outgoing> to(InetSocketAddress peer, SipTransport transport) {
        return Optional.ofNullable(open.get(new Place(peer, transport)));
    }

    private static Place place(Outgoing connection) {
        return new Place(connection.peer(), connection.transport());
    }
}
