package io.copperline.sip.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The one STUN method that keeps a way open (RFC 8489 sections 5 and 14.2, RFC 5626 section 8): no authentication, no fingerprint.
 *
 * <pre>
 *   0                   1                   2                   3
 *  |0 0|  type: 0001 request, 0101 success, 0111 error  |  length  |
 *  |                  magic cookie 2112A442                        |
 *  |                  transaction, 12 bytes                        |
 *  |  attribute: type (2), length (2), value, up to 4 bytes        |  ...
 * </pre>
 *
 * @param kind what it is
 * @param transaction 12 bytes in hexadecimal digits
 * @param mapped where the server has seen the client; in answers only
 * @param unknown types of attributes that must be understood and are not: of a request that is read, and of the error that says so
 */
public record StunBinding(Kind kind, String transaction, Optional<InetSocketAddress> mapped, List<Integer> unknown) {
    /** What a message is. */
    public enum Kind {
        REQUEST(0x0001),
        SUCCESS(0x0101),
        ERROR(0x0111);

        private final int type;

        Kind(int type) {
            this.type = type;
        }
    }

    public static final int TRANSACTION_BYTES = 12;

    private static final int HEADER_BYTES = 20;
    private static final int COOKIE = 0x2112A442;
    private static final int MAPPED_ADDRESS = 0x0001;
    private static final int XOR_MAPPED_ADDRESS = 0x0020;
    private static final int ERROR_CODE = 0x0009;
    private static final int UNKNOWN_ATTRIBUTES = 0x000a;
    /** Attributes from here on may be passed over by whoever does not know them (section 14). */
    private static final int OPTIONAL = 0x8000;
    /** Those that RFC 8489 itself defines: without authentication they mean nothing to us, but they are no surprise. */
    private static final Set<Integer> KNOWN =
            Set.of(0x0001, 0x0006, 0x0008, 0x0009, 0x000a, 0x0014, 0x0015, 0x001c, 0x001d, 0x001e, 0x0020);

    private static final int MOST_UNKNOWN = 16;

    private static final byte[] UNKNOWN_ATTRIBUTE = "Unknown Attribute".getBytes(StandardCharsets.US_ASCII);

    public StunBinding {
        unknown = List.copyOf(unknown);
    }

    /** A request, or a success. */
    public StunBinding(Kind kind, String transaction, Optional<InetSocketAddress> mapped) {
        this(kind, transaction, mapped, List.of());
    }

    /** What a server says to this request that has seen it come from there (section 6.3.1). */
    public StunBinding answer(InetSocketAddress from) {
        return unknown.isEmpty()
                ? new StunBinding(Kind.SUCCESS, transaction, Optional.of(from))
                : new StunBinding(Kind.ERROR, transaction, Optional.empty(), unknown);
    }

    /** Whether a datagram is STUN rather than SIP, which never begins with such bytes. */
    public static boolean isStun(byte[] bytes, int off, int len) {
        return len >= HEADER_BYTES
                && (bytes[off] & 0xc0) == 0
                && ByteBuffer.wrap(bytes, off + 4, 4).getInt() == COOKIE;
    }

    /** Reads a datagram; empty where it makes no sense or is of another method. */
    public static Optional<StunBinding> parse(byte[] bytes, int off, int len) {
        if (!isStun(bytes, off, len)) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, off, len).slice();
        int type = in.getShort();
        int length = in.getShort() & 0xffff;
        Optional<Kind> kind =
                Arrays.stream(Kind.values()).filter(one -> one.type == type).findFirst();
        if (kind.isEmpty() || length % 4 != 0 || length != len - HEADER_BYTES) {
            return Optional.empty();
        }
        byte[] transaction = new byte[TRANSACTION_BYTES];
        in.position(8).get(transaction);
        return Optional.of(
                new StunBinding(kind.get(), hex(transaction), mapped(in.duplicate(), transaction), unknown(in)));
    }

    /** The bytes of this message. */
    public byte[] write() {
        byte[] id = HexFormat.of().parseHex(transaction);
        byte[] attributes = kind == Kind.ERROR
                ? error()
                : mapped.map(where -> mapped(where, id)).orElse(new byte[0]);
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + attributes.length);
        out.putShort((short) kind.type)
                .putShort((short) attributes.length)
                .putInt(COOKIE)
                .put(id);
        return out.put(attributes).array();
    }

    private static byte[] mapped(InetSocketAddress where, byte[] id) {
        byte[] address = where.getAddress().getAddress();
        ByteBuffer out = ByteBuffer.allocate(8 + address.length);
        out.putShort((short) XOR_MAPPED_ADDRESS).putShort((short) (4 + address.length));
        out.putShort((short) (address.length == 4 ? 1 : 2)).putShort((short) (where.getPort() ^ COOKIE >>> 16));
        return out.put(masked(address, id)).array();
    }

    // 420, and which ones (sections 14.8 and 14.9).
    private byte[] error() {
        ByteBuffer out = ByteBuffer.allocate(8 + padded(UNKNOWN_ATTRIBUTE.length) + 4 + padded(2 * unknown.size()));
        out.putShort((short) ERROR_CODE).putShort((short) (4 + UNKNOWN_ATTRIBUTE.length));
        out.putShort((short) 0).put((byte) 4).put((byte) 20).put(UNKNOWN_ATTRIBUTE);
        out.position(8 + padded(UNKNOWN_ATTRIBUTE.length));
        out.putShort((short) UNKNOWN_ATTRIBUTES).putShort((short) (2 * unknown.size()));
        unknown.forEach(type -> out.putShort((short) (int) type));
        return out.array();
    }

    private static int padded(int length) {
        return (length + 3) / 4 * 4;
    }

    private static List<Integer> unknown(ByteBuffer in) {
        List<Integer> types = new ArrayList<>();
        while (in.remaining() >= 4 && types.size() < MOST_UNKNOWN) {
            int type = in.getShort() & 0xffff;
            int length = padded(in.getShort() & 0xffff);
            if (length > in.remaining()) {
                break;
            }
            in.position(in.position() + length);
            if (type < OPTIONAL && !KNOWN.contains(type)) {
                types.add(type);
            }
        }
        return types;
    }

    // The first of the two kinds that is there; unknown attributes are passed over.
    private static Optional<InetSocketAddress> mapped(ByteBuffer in, byte[] transaction) {
        while (in.remaining() >= 4) {
            int type = in.getShort() & 0xffff;
            int length = in.getShort() & 0xffff;
            if (padded(length) > in.remaining()) {
                return Optional.empty();
            }
            ByteBuffer value = in.slice(in.position(), length);
            in.position(in.position() + padded(length));
            if (type == XOR_MAPPED_ADDRESS || type == MAPPED_ADDRESS) {
                return address(value, type == XOR_MAPPED_ADDRESS, transaction);
            }
        }
        return Optional.empty();
    }

    private static Optional<InetSocketAddress> address(ByteBuffer value, boolean xor, byte[] transaction) {
        if (value.remaining() != 8 && value.remaining() != 20) {
            return Optional.empty();
        }
        int family = value.getShort() & 0xff;
        int port = value.getShort() & 0xffff;
        byte[] address = new byte[value.remaining()];
        value.get(address);
        if (family != (address.length == 4 ? 1 : 2)) {
            return Optional.empty();
        }
        try {
            InetAddress host = InetAddress.getByAddress(xor ? masked(address, transaction) : address);
            return Optional.of(new InetSocketAddress(host, xor ? port ^ COOKIE >>> 16 : port));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static byte[] masked(byte[] address, byte[] transaction) {
        byte[] mask = ByteBuffer.allocate(16).putInt(COOKIE).put(transaction).array();
        byte[] out = new byte[address.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) (address[i] ^ mask[i]);
        }
        return out;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
