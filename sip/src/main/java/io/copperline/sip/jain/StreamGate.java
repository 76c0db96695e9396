package io.copperline.sip.jain;

import io.copperline.sip.Drop;
import io.copperline.sip.Drops;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What one connection brings, before the stack sees any of it: messages are shed whole when their source sends too many, whatever
 * ways it sends them by, and one that takes too long ends the connection. Owned by the thread that reads the connection.
 *
 * <pre>
 *   empty lines     blank line             Content-Length
 *   BETWEEN  -----> HEAD  ---------------> BODY  ---------> BETWEEN          30 s for the first head, 10 s for each message,
 *                   kept until it is whole passed or withheld                15 min for what comes next
 * </pre>
 */
final class StreamGate {
    static final long FIRST_MILLIS = 30_000;
    static final long MESSAGE_MILLIS = 10_000;
    static final long IDLE_MILLIS = 15 * 60_000;

    /** As long as the stack lets a message be. */
    private static final int MAX_HEAD_BYTES = 16 * 1024;
    /** RFC 5626 section 4.4.1: a ping is two empty lines; longer runs count as several. */
    private static final int PING_BYTES = 4;

    private static final int MAX_DIGITS = 9;

    private enum Place {
        BETWEEN,
        HEAD,
        BODY
    }

    private final InetAddress from;
    private final SourceRates rates;
    private final Drops drops;
    private final ByteArrayOutputStream passed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private Place place = Place.BETWEEN;
    private boolean blankLine;
    private long bodyLeft;
    private boolean withheld;
    private volatile long deadlineMillis;
    private boolean hadOne;

    StreamGate(InetAddress from, SourceRates rates, Drops drops, long nowMillis) {
        this.from = from;
        this.rates = rates;
        this.drops = drops;
        deadlineMillis = nowMillis + FIRST_MILLIS;
    }

    /** When the connection has taken too long, if nothing more comes. */
    long deadlineMillis() {
        return deadlineMillis;
    }

    /** Whether being late now is what becomes of every quiet connection in the end. */
    boolean quiet() {
        return hadOne && place == Place.BETWEEN;
    }

    /**
     * Takes what has come.
     *
     * @return whether the connection may go on
     */
    boolean onBytes(byte[] bytes, int length, long nowMillis) {
        int at = 0;
        while (at < length) {
            at = switch (place) {
                case BETWEEN -> between(bytes, at, nowMillis);
                case HEAD -> head(bytes, at, length, nowMillis);
                case BODY -> body(bytes, at, length);
            };
            if (kept.size() > MAX_HEAD_BYTES) {
                drops.count(Drop.MALFORMED, "a head without an end");
                return false;
            }
        }
        if (place == Place.BETWEEN && hadOne) {
            deadlineMillis = nowMillis + IDLE_MILLIS;
        }
        return true;
    }

    /** It is over; of half a head the stack hears nothing. */
    void onEnd() {
        if (place == Place.HEAD) {
            drops.count(Drop.MALFORMED, "a head without an end");
        }
    }

    /** Bytes for the stack: how many are there now, at most so many. */
    int take(byte[] into, int off, int length) {
        byte[] ready = passed.toByteArray();
        int taken = Math.min(length, ready.length);
        System.arraycopy(ready, 0, into, off, taken);
        passed.reset();
        passed.write(ready, taken, ready.length - taken);
        return taken;
    }

    private int between(byte[] bytes, int at, long nowMillis) {
        if (bytes[at] != '\r' && bytes[at] != '\n') {
            pass(true); // a line end or so, which is no ping
            place = Place.HEAD;
            blankLine = false;
            deadlineMillis = nowMillis + MESSAGE_MILLIS;
            return at;
        }
        kept.write(bytes[at]);
        if (kept.size() == PING_BYTES) {
            pass(take(false, nowMillis, "pings") && hadOne); // before it has heard a message, the stack fails to answer
        }
        return at + 1;
    }

    private int head(byte[] bytes, int at, int length, long nowMillis) {
        for (int i = at; i < length && kept.size() <= MAX_HEAD_BYTES; i++) {
            byte one = bytes[i];
            kept.write(one);
            if (one == '\n' && blankLine) {
                headIsWhole(nowMillis);
                return i + 1;
            }
            blankLine = one == '\n' || blankLine && (one == '\r' || one == ' ' || one == '\t');
        }
        return length;
    }

    private void headIsWhole(long nowMillis) {
        byte[] head = kept.toByteArray();
        hadOne = true;
        withheld = !take(DatagramGate.isOfACall(head, 0, head.length), nowMillis, "messages");
        bodyLeft = contentLength(new String(head, StandardCharsets.ISO_8859_1));
        pass(!withheld);
        place = bodyLeft > 0 ? Place.BODY : Place.BETWEEN;
    }

    private int body(byte[] bytes, int at, int length) {
        int here = (int) Math.min(bodyLeft, length - at);
        if (!withheld) {
            passed.write(bytes, at, here);
        }
        bodyLeft -= here;
        place = bodyLeft > 0 ? Place.BODY : Place.BETWEEN;
        return at + here;
    }

    private boolean take(boolean ofACall, long nowMillis, String what) {
        boolean allowed = rates.take(from, ofACall, nowMillis);
        if (!allowed) {
            drops.count(Drop.FLOOD, what + " over connections of " + from.getHostAddress());
        }
        return allowed;
    }

    private void pass(boolean on) {
        if (on) {
            passed.writeBytes(kept.toByteArray());
        }
        kept.reset();
    }

    /** As the stack will read it; 0 where it makes no sense, which the stack then says. */
    private static long contentLength(String head) {
        for (String line : head.split("\n")) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            if (name.equals("content-length") || name.equals("l")) {
                String value = line.substring(colon + 1).strip();
                boolean number = !value.isEmpty()
                        && value.length() <= MAX_DIGITS
                        && value.chars().allMatch(c -> c >= '0' && c <= '9');
                return number ? Long.parseLong(value) : 0;
            }
        }
        return 0;
    }
}
