package io.copperline.sip.jain;

import io.copperline.sip.Drop;
import io.copperline.sip.Drops;
import io.copperline.sip.SipTransport;
import io.copperline.sip.wire.Source;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which datagrams the stack gets to see. Strangers get no answer of any kind, so that a scanner learns nothing; a flood is
 * shed per source before anything is parsed; what is malformed gets a bare 400. Owned by the thread that reads the socket.
 */
final class DatagramGate {
    /** Responses of servers that answer from another address than they were asked at. */
    private static final int STRANGERS_PER_SECOND = 50;

    private static final List<byte[]> OF_A_CALL = List.of(
            bytes("SIP/2.0 "),
            bytes("ACK "),
            bytes("BYE "),
            bytes("CANCEL "),
            bytes("PRACK "),
            bytes("UPDATE "),
            bytes("INFO "));

    /** What becomes of a datagram. */
    sealed interface Fate {
        record Heard() implements Fate {}

        record Dropped() implements Fate {}

        record Answered(byte[] response) implements Fate {}
    }

    private static final Fate HEARD = new Fate.Heard();
    private static final Fate DROPPED = new Fate.Dropped();

    private final Predicate<Source> known;
    private final Drops drops;
    private final InstantSource clock;
    private final SourceRates friends;
    private final SourceRates strangers = new SourceRates(STRANGERS_PER_SECOND);

    /** @param friends of the sources that are known, whatever they send by */
    DatagramGate(Predicate<Source> known, SourceRates friends, Drops drops, InstantSource clock) {
        this.known = known;
        this.friends = friends;
        this.drops = drops;
        this.clock = clock;
    }

    Fate onDatagram(byte[] buf, int off, int len, InetSocketAddress from) {
        long now = clock.millis();
        boolean response = startsWith(OF_A_CALL.getFirst(), buf, off, len);
        if (!known.test(new Source(from, SipTransport.UDP))) {
            boolean heard = response && strangers.take(from.getAddress(), true, now);
            return heard ? look(buf, off, len) : drop(Drop.STRANGER, from);
        }
        return friends.take(from.getAddress(), isOfACall(buf, off, len), now)
                ? look(buf, off, len)
                : drop(Drop.FLOOD, from);
    }

    private Fate look(byte[] buf, int off, int len) {
        byte[] message = Arrays.copyOfRange(buf, off, off + len);
        Optional<String> objection = MessageGuard.objection(message, true);
        if (objection.isEmpty()) {
            return HEARD;
        }
        drops.count(Drop.MALFORMED, objection.get());
        return BadRequest.to(message).<Fate>map(Fate.Answered::new).orElse(DROPPED);
    }

    private Fate drop(Drop why, InetSocketAddress from) {
        drops.count(why, "a datagram from " + from.getAddress().getHostAddress());
        return DROPPED;
    }

    /** Whether a message, by its first word, belongs to a call that there may be already. */
    static boolean isOfACall(byte[] buf, int off, int len) {
        return OF_A_CALL.stream().anyMatch(word -> startsWith(word, buf, off, len));
    }

    private static boolean startsWith(byte[] word, byte[] buf, int off, int len) {
        return len >= word.length && Arrays.equals(buf, off, off + word.length, word, 0, word.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
