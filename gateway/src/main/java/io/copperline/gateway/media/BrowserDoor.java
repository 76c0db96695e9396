package io.copperline.gateway.media;

import io.copperline.webrtc.Fate;
import io.copperline.webrtc.ice.TransportAddress;
import io.copperline.webrtc.stun.StunMessage;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A shard's one UDP port towards browsers, and its TCP connections on the same number. A check finds its peer by our user fragment,
 * everything else by the address that a check has proved; nothing is kept of strangers, and they get no answer.
 */
final class BrowserDoor {
    /** Whoever takes a browser's datagrams. */
    interface Resident {
        Fate onDatagram(byte[] buf, int off, int len, TransportAddress from, long nowNanos);

        /** The TCP connection from there is closed. */
        void onClosed(TransportAddress remote);
    }

    /** An address that a check has proved, in the form that its resident takes: made once, not for every datagram. */
    private record Known(TransportAddress address, Resident resident) {}

    private final Shard shard;
    private final Drops<Fate> drops;
    private final Drops<Stranger> strangers;
    private final Map<String, Resident> byUfrag = new HashMap<>();
    private final Map<InetSocketAddress, Known> byAddress = new HashMap<>();
    private final StunMessage message = new StunMessage();
    private final AtomicInteger residents = new AtomicInteger();
    private final TcpDoor tcp;
    private Door door;
    private List<InetSocketAddress> reflexive = List.of();

    /** Why a datagram belonged to nobody here. */
    public enum Stranger {
        UNKNOWN_UFRAG,
        UNKNOWN_ADDRESS
    }

    BrowserDoor(Shard shard, Drops<Fate> drops, Drops<Stranger> strangers, Drops<TcpDrop> tcpDrops) {
        this.shard = shard;
        tcp = new TcpDoor(shard, this, tcpDrops);
        this.drops = drops;
        this.strangers = strangers;
    }

    void opened(Door socket) {
        door = socket;
    }

    TcpDoor tcp() {
        return tcp;
    }

    /** How our port looks from beyond a NAT; empty where nobody was asked. */
    List<InetSocketAddress> reflexive() {
        return reflexive;
    }

    void reflexive(List<InetSocketAddress> addresses) {
        reflexive = addresses;
    }

    int port() {
        return door.port();
    }

    void onDatagram(byte[] buf, int off, int len, InetSocketAddress from) {
        Known known = byAddress.get(from);
        Resident resident = find(buf, off, len, known == null ? null : known.resident());
        if (resident != null) {
            TransportAddress address = known == null ? TransportAddress.udp(from) : known.address();
            pass(resident, buf, off, len, address, shard.nowNanos());
        }
    }

    /** Takes a packet that came over TCP; false where it is nobody's. */
    boolean onPacket(TcpConnection connection, byte[] buf, int off, int len, long nowNanos) {
        Resident owner = connection.resident();
        Resident resident = find(buf, off, len, owner);
        // RFC 6544 section 6.2: a connection is one pair's, so it is no way to another call.
        if (owner != null && resident != null && !owner.equals(resident)) {
            strangers.count(Stranger.UNKNOWN_UFRAG);
            return false;
        }
        if (resident == null) {
            return false;
        }
        pass(resident, buf, off, len, connection.remote(), nowNanos);
        return true;
    }

    private void pass(Resident resident, byte[] buf, int off, int len, TransportAddress from, long nowNanos) {
        Fate fate = resident.onDatagram(buf, off, len, from, nowNanos);
        if (fate != Fate.TAKEN) {
            drops.count(fate);
        }
        flush();
    }

    /** Whose a packet is, by itself or by the address it came from; null, and counted, where it is nobody's. */
    private Resident find(byte[] buf, int off, int len, Resident known) {
        // RFC 8489 section 9.1.3 has no USERNAME in responses; libnice repeats the request's there, which begins with
        // its own.
        boolean request = StunMessage.isRequest(buf, off, len);
        Resident resident = request ? byUfrag(buf, off, len, known) : known;
        if (resident == null) {
            strangers.count(request ? Stranger.UNKNOWN_UFRAG : Stranger.UNKNOWN_ADDRESS);
        }
        return resident;
    }

    /** USERNAME is our fragment, a colon, and theirs (RFC 8445 section 7.2.2). */
    private Resident byUfrag(byte[] buf, int off, int len, Resident known) {
        if (!message.read(buf, off, len)) {
            return null;
        }
        Optional<String> username = message.username();
        if (username.isEmpty()) {
            return known;
        }
        int colon = username.get().indexOf(':');
        return colon < 0 ? null : byUfrag.get(username.get().substring(0, colon));
    }

    /** Checks with this user fragment are the resident's; after an ICE restart it has another one, too. */
    void add(String ufrag, Resident resident) {
        if (!byUfrag.containsValue(resident)) {
            residents.incrementAndGet();
        }
        byUfrag.put(ufrag, resident);
    }

    /** A check goes there, and its answer names nobody. Whoever has proved that the address is his keeps it, or takes it. */
    void expect(TransportAddress address, Resident resident) {
        if (address.protocol() == TransportAddress.Protocol.UDP && !byAddress.containsKey(address.socket())) {
            byAddress.put(address.socket(), new Known(address, resident));
        }
    }

    void addAddress(TransportAddress address, Resident resident) {
        if (address.protocol() == TransportAddress.Protocol.TCP) {
            tcp.belongs(address.socket(), resident);
        } else {
            byAddress.put(address.socket(), new Known(address, resident));
        }
    }

    void remove(Resident resident) {
        if (byUfrag.values().removeIf(resident::equals)) {
            residents.decrementAndGet();
        }
        byAddress.values().removeIf(known -> resident.equals(known.resident()));
        tcp.remove(resident);
    }

    void write(byte[] buf, int off, int len, TransportAddress to) {
        if (to.protocol() == TransportAddress.Protocol.TCP) {
            tcp.write(buf, off, len, to.socket());
        } else {
            door.write(buf, off, len, to.socket());
        }
    }

    void flush() {
        door.flush();
        tcp.flush();
    }

    /** Every few milliseconds. */
    void onTime(long nowNanos) {
        flush();
        tcp.onTime(nowNanos);
    }

    /** Peers that live here; readable from any thread. */
    int residents() {
        return residents.get();
    }

    void close() {
        door.close();
        tcp.close();
    }
}
