package io.copperline.webrtc.stun;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Writes one message into its own buffer. Attributes in the order of the calls; {@link #finish} comes last. */
public final class StunWriter {
    private static final int CAPACITY_BYTES = 1_200;

    private final byte[] buf = new byte[CAPACITY_BYTES];
    private final CRC32 crc = new CRC32();
    private int len;

    /**
     * Begins a message.
     *
     * @param type one of {@link StunMessage}'s
     * @param transactionId 12 bytes: random ones for a request, the request's own for its response
     */
    public StunWriter begin(int type, byte[] transactionId) {
        putShort(0, type);
        putInt(4, StunMessage.MAGIC_COOKIE);
        System.arraycopy(transactionId, 0, buf, 8, StunMessage.TRANSACTION_ID_BYTES);
        len = StunMessage.HEADER_BYTES;
        return this;
    }

    /** USERNAME and SOFTWARE, in UTF-8. */
    public StunWriter text(StunAttribute attribute, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        int at = attribute(attribute, bytes.length);
        System.arraycopy(bytes, 0, buf, at, bytes.length);
        return this;
    }

    /** USE-CANDIDATE: an attribute that says all by being there. */
    public StunWriter flag(StunAttribute attribute) {
        attribute(attribute, 0);
        return this;
    }

    /** A 32-bit attribute such as PRIORITY. */
    public StunWriter number(StunAttribute attribute, int value) {
        putInt(attribute(attribute, 4), value);
        return this;
    }

    /** ICE-CONTROLLING or ICE-CONTROLLED. */
    public StunWriter tieBreaker(StunAttribute attribute, long value) {
        int at = attribute(attribute, 8);
        putInt(at, (int) (value >>> 32));
        putInt(at + 4, (int) value);
        return this;
    }

    /** ERROR-CODE without a phrase: nobody reads it. */
    public StunWriter error(int code) {
        putInt(attribute(StunAttribute.ERROR_CODE, 4), code / 100 << 8 | code % 100);
        return this;
    }

    /** XOR-MAPPED-ADDRESS (RFC 8489 section 14.2). */
    public StunWriter mappedAddress(InetSocketAddress address) {
        byte[] bytes = address.getAddress().getAddress();
        int at = attribute(StunAttribute.XOR_MAPPED_ADDRESS, 4 + bytes.length);
        putShort(at, bytes.length == 4 ? 1 : 2);
        putShort(at + 2, address.getPort() ^ (StunMessage.MAGIC_COOKIE >>> 16));
        for (int i = 0; i < bytes.length; i++) {
            buf[at + 4 + i] = (byte) (bytes[i] ^ buf[4 + i]);
        }
        return this;
    }

    /** Adds MESSAGE-INTEGRITY and FINGERPRINT; returns the length of the message in {@link #buffer}. */
    public int finish(StunPassword password) {
        int covered = len;
        int at = attribute(StunAttribute.MESSAGE_INTEGRITY, StunPassword.MAC_BYTES);
        password.write(buf, 0, covered, at);
        return finish();
    }

    /** Adds FINGERPRINT alone, for a server that knows nobody; returns the length of the message in {@link #buffer}. */
    public int finish() {
        int crcAt = attribute(StunAttribute.FINGERPRINT, 4);
        putShort(2, len - StunMessage.HEADER_BYTES);
        crc.reset();
        crc.update(buf, 0, len - 8);
        putInt(crcAt, (int) crc.getValue() ^ StunMessage.FINGERPRINT_XOR);
        return len;
    }

    /** The buffer that holds the message, from 0. */
    public byte[] buffer() {
        return buf;
    }

    private int attribute(StunAttribute attribute, int bytes) {
        int at = len;
        putShort(at, attribute.type());
        putShort(at + 2, bytes);
        len = at + 4 + StunMessage.padded(bytes);
        for (int i = at + 4 + bytes; i < len; i++) {
            buf[i] = 0;
        }
        return at + 4;
    }

    private void putShort(int at, int value) {
        buf[at] = (byte) (value >>> 8);
        buf[at + 1] = (byte) value;
    }

    private void putInt(int at, int value) {
        putShort(at, value >>> 16);
        putShort(at + 2, value);
    }
}
