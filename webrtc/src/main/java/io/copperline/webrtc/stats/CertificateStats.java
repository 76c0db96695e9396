package io.copperline.webrtc.stats;

/**
 * RTCCertificateStats.
 *
 * @param fingerprint in upper case with colons, as in {@code a=fingerprint}
 * @param fingerprintAlgorithm such as {@code sha-256}
 * @param base64Certificate its DER
 */
public record CertificateStats(
        String id, double timestamp, String fingerprint, String fingerprintAlgorithm, String base64Certificate)
        implements Stats {
    @Override
    public StatsType type() {
        return StatsType.CERTIFICATE;
    }
}
