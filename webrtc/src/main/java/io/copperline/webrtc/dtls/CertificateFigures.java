package io.copperline.webrtc.dtls;

import java.util.Base64;

/**
 * A certificate as statistics show it.
 *
 * @param base64 its DER
 */
public record CertificateFigures(Fingerprint fingerprint, String base64) {
    static CertificateFigures of(byte[] der) {
        return new CertificateFigures(
                Fingerprint.of("sha-256", der), Base64.getEncoder().encodeToString(der));
    }
}
