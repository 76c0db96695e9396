package io.copperline.gateway.media;

import io.copperline.webrtc.Fate;
import io.copperline.webrtc.ice.TransportAddress;
import io.copperline.webrtc.stun.StunMessage;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A shard's one UDP port towards browsers. A check finds its peer by our user fragment, everything else by the address that
 * a check has proved; nothing is kept of strangers, and they get no answer.
 */
final class BrowserDoor {
    /** Whoever takes a browser's datagrams. */
    interface Resident {
        Fate onDatagram(byte[] buf, int off, int len, TransportAddress from, long nowNanos);
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
    private Door door;

    /** Why a datagram belonged to nobody here. */
    public enum Stranger {
        UNKNOWN_UFRAG,
        UNKNOWN_ADDRESS
    }

    BrowserDoor(Shard shard, Drops<Fate> drops, Drops<Stranger> strangers) {
        this.shard = shard;
        this.drops = drops;
        this.strangers = strangers;
    }

    void opened(Door socket) {
        door = socket;
    }

    int port() {
        return door.port();
    }

    void onDatagram(byte[] buf, int off, int len, InetSocketAddress from) {
        boolean stun = StunMessage.looksLike(buf, off, len);
        Known known = byAddress.get(from);
        Resident resident = stun ? byUfrag(buf, off, len, known) : residentOf(known);
        if (resident == null) {
            strangers.count(stun ? Stranger.UNKNOWN_UFRAG : Stranger.UNKNOWN_ADDRESS);
            return;
        }
        TransportAddress address = known == null ? TransportAddress.udp(from) : known.address();
        Fate fate = resident.onDatagram(buf, off, len, address, shard.nowNanos());
        if (fate != Fate.TAKEN) {
            drops.count(fate);
        }
        flush();
    }

    /** USERNAME is our fragment, a colon, and theirs (RFC 8445 section 7.2.2); responses have none. */
    private Resident byUfrag(byte[] buf, int off, int len, Known known) {
        if (!message.read(buf, off, len)) {
            return null;
        }
        Optional<String> username = message.username();
        if (username.isEmpty()) {
            return residentOf(known);
        }
        int colon = username.get().indexOf(':');
        return colon < 0 ? null : byUfrag.get(username.get().substring(0, colon));
    }

    private static Resident residentOf(Known known) {
        return known == null ? null : known.resident();
    }

    /** Checks with this user fragment are the resident's; after an ICE restart it has another one, too. */
    void add(String ufrag, Resident resident) {
        if (!byUfrag.containsValue(resident)) {
            residents.incrementAndGet();
        }
        byUfrag.put(ufrag, resident);
    }

    void addAddress(TransportAddress address, Resident resident) {
        byAddress.put(address.socket(), new Known(address, resident));
    }

    void remove(Resident resident) {
        if (byUfrag.values().removeIf(resident::equals)) {
            residents.decrementAndGet();
        }
        byAddress.values().removeIf(known -> known.resident().equals(resident));
    }

    void write(byte[] buf, int off, int len, TransportAddress to) {
        door.write(buf, off, len, to.socket());
    }

    void flush() {
        door.flush();
    }

    /** Peers that live here; readable from any thread. */
    int residents() {
        return residents.get();
    }

    void close() {
        door.close();
    }
}
