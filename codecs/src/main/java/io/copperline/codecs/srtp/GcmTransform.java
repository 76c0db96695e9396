package io.copperline.codecs.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-GCM (RFC 7714). The provider's interface wants a parameter object for each packet's IV; nothing else is made. */
final class GcmTransform implements Transform {
    private static final int TAG_BYTES = 16;
    private static final int IV_BYTES = 12;

    private final SecretKeySpec key;
    private final byte[] salt;
    private final Cipher aes;
    private final byte[] iv = new byte[IV_BYTES];
    private final byte[] word = new byte[4];

    GcmTransform(byte[] key, byte[] salt) {
        this.key = new SecretKeySpec(key, "AES");
        this.salt = salt;
        try {
            aes = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has AES/GCM", e);
        }
    }

    @Override
    public int sealRtp(byte[] packet, int off, int len, int clear, int ssrc, long index) {
        rtpIv(ssrc, index);
        start(Cipher.ENCRYPT_MODE);
        aes.updateAAD(packet, off, clear);
        return clear + finish(packet, off + clear, len - clear);
    }

    @Override
    public int openRtp(byte[] packet, int off, int len, int clear, int ssrc, long index) {
        rtpIv(ssrc, index);
        start(Cipher.DECRYPT_MODE);
        aes.updateAAD(packet, off, clear);
        int plain = finish(packet, off + clear, len - clear);
        return plain < 0 ? FORGED : clear + plain;
    }

    @Override
    public int sealRtcp(byte[] packet, int off, int len, int ssrc, int index) {
        startRtcp(Cipher.ENCRYPT_MODE, packet, off, ssrc, ENCRYPTED | index);
        int sealed = RTCP_CLEAR_BYTES + finish(packet, off + RTCP_CLEAR_BYTES, len - RTCP_CLEAR_BYTES);
        System.arraycopy(word, 0, packet, off + sealed, 4);
        return sealed + 4;
    }

    @Override
    public int openRtcp(byte[] packet, int off, int len, int ssrc, int esrtcp) {
        if ((esrtcp & ENCRYPTED) == 0) {
            return FORGED; // Authenticated but clear SRTCP (RFC 7714 section 9.3) is something no browser sends.
        }
        startRtcp(Cipher.DECRYPT_MODE, packet, off, ssrc, esrtcp);
        int plain = finish(packet, off + RTCP_CLEAR_BYTES, len - 4 - RTCP_CLEAR_BYTES);
        return plain < 0 ? FORGED : RTCP_CLEAR_BYTES + plain;
    }

    @Override
    public int rtcpWord(byte[] packet, int off, int len) {
        int at = off + len - 4;
        return packet[at] << 24
                | (packet[at + 1] & 0xff) << 16
                | (packet[at + 2] & 0xff) << 8
                | (packet[at + 3] & 0xff);
    }

    @Override
    public int rtcpTrailerBytes() {
        return TAG_BYTES + 4;
    }

    @Override
    public int rtpTrailerBytes() {
        return TAG_BYTES;
    }

    private void startRtcp(int mode, byte[] packet, int off, int ssrc, int esrtcp) {
        int index = esrtcp & ~ENCRYPTED;
        iv(ssrc, 0, index >>> 16, index & 0xffff);
        start(mode);
        putInt(word, 0, esrtcp);
        aes.updateAAD(packet, off, RTCP_CLEAR_BYTES);
        aes.updateAAD(word, 0, 4);
    }

    private void rtpIv(int ssrc, long index) {
        iv(ssrc, (int) (index >>> 32) & 0xffff, (int) (index >>> 16) & 0xffff, (int) index & 0xffff);
    }

    /** RFC 7714 sections 8.1 and 9.1: 00 00 | SSRC | 48 bits of index, XOR salt. */
    private void iv(int ssrc, int high, int middle, int low) {
        iv[0] = 0;
        iv[1] = 0;
        putInt(iv, 2, ssrc);
        putShort(iv, 6, high);
        putShort(iv, 8, middle);
        putShort(iv, 10, low);
        for (int i = 0; i < IV_BYTES; i++) {
            iv[i] ^= salt[i];
        }
    }

    private void start(int mode) {
        try {
            aes.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, iv));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private int finish(byte[] packet, int off, int len) {
        try {
            return aes.doFinal(packet, off, len, packet, off);
        } catch (AEADBadTagException e) {
            return FORGED;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void putShort(byte[] out, int at, int value) {
        out[at] = (byte) (value >>> 8);
        out[at + 1] = (byte) value;
    }

    private static void putInt(byte[] out, int at, int value) {
        putShort(out, at, value >>> 16);
        putShort(out, at + 2, value);
    }
}
