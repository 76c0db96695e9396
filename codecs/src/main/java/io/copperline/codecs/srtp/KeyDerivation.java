package io.copperline.codecs.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Session keys from a master key: AES in counter mode as PRF (RFC 3711 section 4.3.3), key derivation rate 0. */
final class KeyDerivation {
    private static final int AUTH_KEY_BYTES = 20;

    // RFC 3711 section 4.3.1: the labels of RTP; those of RTCP follow 3 later.
    static final int RTP = 0;
    static final int RTCP = 3;

    private final SrtpKey master;

    KeyDerivation(SrtpKey master) {
        this.master = master;
    }

    /** The transform of one kind of packet, {@link #RTP} or {@link #RTCP}. */
    Transform transform(int firstLabel) {
        SrtpProfile profile = master.profile();
        byte[] key = derive(firstLabel, profile.keyBytes());
        byte[] salt = derive(firstLabel + 2, profile.saltBytes());
        return profile.isGcm()
                ? new GcmTransform(key, salt)
                : new CmTransform(key, derive(firstLabel + 1, AUTH_KEY_BYTES), salt, profile.tagBytes());
    }

    byte[] derive(int label, int bytes) {
        // x = (label || r) XOR master salt, with r = 0; a GCM salt of 96 bits stands at the left (RFC 7714 section 11).
        byte[] counter = Arrays.copyOf(master.salt(), 16);
        counter[7] ^= (byte) label;
        try {
            Cipher aes = Cipher.getInstance("AES/CTR/NoPadding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(master.key(), "AES"), new IvParameterSpec(counter));
            return aes.doFinal(new byte[bytes]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has AES/CTR", e);
        }
    }
}
