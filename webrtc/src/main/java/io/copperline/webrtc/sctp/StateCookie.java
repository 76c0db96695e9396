package io.copperline.webrtc.sctp;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * All that we need to know of an INIT, so that we need not keep it: it travels to the peer in our INIT ACK, signed, and comes
 * back in its COOKIE ECHO (RFC 9260 section 5.1.3).
 *
 * @param localTieTag our tag of an association that stood when the INIT came, or 0
 * @param peerTieTag the peer's of the same
 */
record StateCookie(
        long createdNanos,
        int localTag,
        int localTsn,
        int peerTag,
        int peerTsn,
        int peerWindowBytes,
        int peerOutgoingStreams,
        int peerIncomingStreams,
        boolean forwardTsn,
        boolean reconfig,
        int localTieTag,
        int peerTieTag) {
    private static final int FIELDS_BYTES = 44;
    private static final int SIGNATURE_BYTES = 32;
    static final int BYTES = FIELDS_BYTES + SIGNATURE_BYTES;

    InitChunk peer() {
        byte[] none = new byte[0];
        return new InitChunk(
                peerTag,
                peerWindowBytes,
                peerOutgoingStreams,
                peerIncomingStreams,
                peerTsn,
                forwardTsn,
                reconfig,
                none,
                none);
    }

    private void write(byte[] buf, int at) {
        Wire.put64(buf, at, createdNanos);
        Wire.put32(buf, at + 8, localTag);
        Wire.put32(buf, at + 12, localTsn);
        Wire.put32(buf, at + 16, peerTag);
        Wire.put32(buf, at + 20, peerTsn);
        Wire.put32(buf, at + 24, peerWindowBytes);
        Wire.put16(buf, at + 28, peerOutgoingStreams);
        Wire.put16(buf, at + 30, peerIncomingStreams);
        Wire.put32(buf, at + 32, (forwardTsn ? 1 : 0) | (reconfig ? 2 : 0));
        Wire.put32(buf, at + 36, localTieTag);
        Wire.put32(buf, at + 40, peerTieTag);
    }

    private static StateCookie read(byte[] buf, int at) {
        int extensions = Wire.i32(buf, at + 32);
        return new StateCookie(
                Wire.i64(buf, at),
                Wire.i32(buf, at + 8),
                Wire.i32(buf, at + 12),
                Wire.i32(buf, at + 16),
                Wire.i32(buf, at + 20),
                Wire.i32(buf, at + 24),
                Wire.u16(buf, at + 28),
                Wire.u16(buf, at + 30),
                (extensions & 1) != 0,
                (extensions & 2) != 0,
                Wire.i32(buf, at + 36),
                Wire.i32(buf, at + 40));
    }

    /** Signs cookies and knows its own again. Its key never leaves it. */
    static final class Seal {
        private final Mac mac;

        Seal(RandomGenerator random) {
            byte[] key = new byte[SIGNATURE_BYTES];
            random.nextBytes(key);
            try {
                mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key, "HmacSHA256"));
            } catch (NoSuchAlgorithmException | InvalidKeyException e) {
                throw new IllegalStateException("every Java has HmacSHA256", e);
            }
        }

        /** Writes the cookie with its signature: {@link StateCookie#BYTES} bytes. */
        void write(StateCookie cookie, byte[] buf, int at) {
            cookie.write(buf, at);
            byte[] signature = sign(buf, at);
            System.arraycopy(signature, 0, buf, at + FIELDS_BYTES, SIGNATURE_BYTES);
        }

        /** Empty where it is not ours, or was changed. */
        Optional<StateCookie> read(byte[] buf, int at, int len) {
            if (len != BYTES) {
                return Optional.empty();
            }
            byte[] theirs = Arrays.copyOfRange(buf, at + FIELDS_BYTES, at + BYTES);
            return MessageDigest.isEqual(theirs, sign(buf, at))
                    ? Optional.of(StateCookie.read(buf, at))
                    : Optional.empty();
        }

        private byte[] sign(byte[] buf, int at) {
            mac.update(buf, at, FIELDS_BYTES);
            return mac.doFinal();
        }
    }
}
