package io.copperline.sip.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

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
 */
public record StunBinding(Kind kind, String transaction, Optional<InetSocketAddress> mapped) {
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
        return Optional.of(new StunBinding(kind.get(), hex(transaction), mapped(in, transaction)));
    }

    /** The bytes of this message. */
    public byte[] write() {
        byte[] id = HexFormat.of().parseHex(transaction);
        byte[] address = mapped.map(where -> where.getAddress().getAddress()).orElse(new byte[0]);
        int length = mapped.isPresent() ? 8 + address.length : 0;
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + length);
        out.putShort((short) kind.type).putShort((short) length).putInt(COOKIE).put(id);
        mapped.ifPresent(where -> {
            out.putShort((short) XOR_MAPPED_ADDRESS).putShort((short) (4 + address.length));
            out.putShort((short) (address.length == 4 ? 1 : 2)).putShort((short) (where.getPort() ^ COOKIE >>> 16));
            out.put(masked(address, id));
        });
        return out.array();
    }

    // The first of the two kinds that is there; unknown attributes are passed over.
    private static Optional<InetSocketAddress> mapped(ByteBuffer in, byte[] transaction) {
        while (in.remaining() >= 4) {
            int type = in.getShort() & 0xffff;
            int length = in.getShort() & 0xffff;
            int padded = (length + 3) / 4 * 4;
            if (padded > in.remaining()) {
                return Optional.empty();
            }
            ByteBuffer value = in.slice(in.position(), length);
            in.position(in.position() + padded);
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
