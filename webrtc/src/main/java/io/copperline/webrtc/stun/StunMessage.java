package io.copperline.webrtc.stun;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A STUN message read where it lies. One object is used again and again by its owner.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |0 0|     message type          |         message length        |
 * |                         magic cookie                          |
 * |                     transaction id (96 bits)                  |
 * |   attribute type              |  length       | value, padded to 4 ...
 * </pre>
 */
public final class StunMessage {
    /** Message types: method Binding (RFC 8489 section 18.2) in its four classes (section 5). */
    public static final int BINDING_REQUEST = 0x0001;

    public static final int BINDING_INDICATION = 0x0011;
    public static final int BINDING_SUCCESS = 0x0101;
    public static final int BINDING_ERROR = 0x0111;

    static final int MAGIC_COOKIE = 0x2112_A442;
    static final int HEADER_BYTES = 20;
    static final int TRANSACTION_ID_BYTES = 12;
    static final int FINGERPRINT_XOR = 0x5354_554E;

    private static final int MAX_ATTRIBUTES = 32;

    private byte[] buf = new byte[0];
    private int off;
    private int len;

    private final CRC32 crc = new CRC32();

    /** Whether a datagram can be STUN at all: first two bits zero, and the cookie (RFC 7983 section 7, RFC 8489 section 5). */
    public static boolean looksLike(byte[] buf, int off, int len) {
        return len >= HEADER_BYTES && (buf[off] & 0xfc) == 0 && readInt(buf, off + 4) == MAGIC_COOKIE;
    }

    /** Whether this is a request, such as a check. */
    public static boolean isRequest(byte[] buf, int off, int len) {
        return looksLike(buf, off, len) && readShort(buf, off) == BINDING_REQUEST;
    }

    /** Points this object at a datagram; false where it is not a well-formed STUN message. */
    public boolean read(byte[] datagram, int offset, int length) {
        buf = datagram;
        off = offset;
        len = length;
        if (!looksLike(datagram, offset, length) || readShort(buf, off + 2) != len - HEADER_BYTES || len % 4 != 0) {
            return false;
        }
        int at = off + HEADER_BYTES;
        for (int count = 0; at < off + len; count++) {
            if (count == MAX_ATTRIBUTES || at + 4 > off + len) {
                return false;
            }
            at += 4 + padded(readShort(buf, at + 2));
        }
        return at == off + len;
    }

    /** One of the types above, or any other that came. After a {@link #read} that was true, as everything below. */
    public int type() {
        return readShort(buf, off);
    }

    /** The 12 bytes by which a response is matched to its request: a copy. */
    public byte[] transactionId() {
        return Arrays.copyOfRange(buf, off + 8, off + HEADER_BYTES);
    }

    /** Whether the attribute is there, whatever its value. */
    public boolean has(StunAttribute attribute) {
        return find(attribute) >= 0;
    }

    /** The text of USERNAME. */
    public Optional<String> username() {
        int at = find(StunAttribute.USERNAME);
        return at < 0
                ? Optional.empty()
                : Optional.of(new String(buf, at + 4, readShort(buf, at + 2), StandardCharsets.UTF_8));
    }

    /** A 32-bit attribute such as PRIORITY. */
    public Optional<Integer> number(StunAttribute attribute) {
        int at = find(attribute);
        return at < 0 || readShort(buf, at + 2) != 4 ? Optional.empty() : Optional.of(readInt(buf, at + 4));
    }

    /** A 64-bit attribute: the tie-breaker in ICE-CONTROLLING and ICE-CONTROLLED. */
    public Optional<Long> tieBreaker(StunAttribute attribute) {
        int at = find(attribute);
        return at < 0 || readShort(buf, at + 2) != 8
                ? Optional.empty()
                : Optional.of((long) readInt(buf, at + 4) << 32 | (readInt(buf, at + 8) & 0xffff_ffffL));
    }

    /** The code of an error response, such as 487; 0 where there is none. */
    public int errorCode() {
        int at = find(StunAttribute.ERROR_CODE);
        return at < 0 || readShort(buf, at + 2) < 4 ? 0 : (buf[at + 6] & 7) * 100 + (buf[at + 7] & 0xff);
    }

    /** XOR-MAPPED-ADDRESS (RFC 8489 section 14.2). */
    public Optional<InetSocketAddress> mappedAddress() {
        int at = find(StunAttribute.XOR_MAPPED_ADDRESS);
        if (at < 0 || readShort(buf, at + 2) < 8) {
            return Optional.empty();
        }
        int family = buf[at + 5];
        int bytes = family == 1 ? 4 : 16;
        if ((family != 1 && family != 2) || readShort(buf, at + 2) != 4 + bytes) {
            return Optional.empty();
        }
        byte[] address = Arrays.copyOfRange(buf, at + 8, at + 8 + bytes);
        for (int i = 0; i < bytes; i++) {
            address[i] ^= buf[off + 4 + i]; // The cookie, then the transaction id.
        }
        try {
            int port = readShort(buf, at + 6) ^ (MAGIC_COOKIE >>> 16);
            return Optional.of(new InetSocketAddress(InetAddress.getByAddress(address), port));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are an address", e);
        }
    }

    /** Whether MESSAGE-INTEGRITY is there and was made with this password (RFC 8489 section 14.5). */
    public boolean authentic(StunPassword password) {
        int at = find(StunAttribute.MESSAGE_INTEGRITY);
        return at >= 0
                && readShort(buf, at + 2) == StunPassword.MAC_BYTES
                && password.matches(buf, off, at - off, buf, at + 4);
    }

    /** Whether FINGERPRINT is the last attribute and right (RFC 8489 section 14.7). ICE requires it in every message. */
    public boolean fingerprinted() {
        int at = find(StunAttribute.FINGERPRINT);
        if (at != off + len - 8 || readShort(buf, at + 2) != 4) {
            return false;
        }
        crc.reset();
        crc.update(buf, off, len - 8);
        return ((int) crc.getValue() ^ FINGERPRINT_XOR) == readInt(buf, at + 4);
    }

    /** Where the attribute stands; attributes behind MESSAGE-INTEGRITY count only if they are FINGERPRINT (section 14.5). */
    private int find(StunAttribute attribute) {
        int at = off + HEADER_BYTES;
        boolean sealed = false;
        while (at < off + len) {
            int type = readShort(buf, at);
            if (type == attribute.type() && (!sealed || attribute == StunAttribute.FINGERPRINT)) {
                return at;
            }
            sealed |= type == StunAttribute.MESSAGE_INTEGRITY.type();
            at += 4 + padded(readShort(buf, at + 2));
        }
        return -1;
    }

    static int padded(int bytes) {
        return (bytes + 3) & ~3;
    }

    static int readShort(byte[] buf, int at) {
        return (buf[at] & 0xff) << 8 | (buf[at + 1] & 0xff);
    }

    static int readInt(byte[] buf, int at) {
        return readShort(buf, at) << 16 | readShort(buf, at + 2);
    }
}
