package io.copperline.webrtc.stats;

import java.util.Optional;

/**
 * RTCTransportStats: the one transport of the bundle.
 *
 * @param iceState {@code new}, {@code checking}, {@code connected} or {@code closed}
 * @param dtlsState {@code new}, {@code connecting}, {@code connected}, {@code closed} or {@code failed}
 * @param dtlsRole {@code client}, {@code server} or {@code unknown}
 * @param tlsVersion four hexadecimal digits; {@code FEFD} is DTLS 1.2
 * @param srtpCipher the protection profile (RFC 5764), such as {@code AES_CM_128_HMAC_SHA1_80}
 */
public record TransportStats(
        String id,
        double timestamp,
        String iceState,
        String iceLocalUsernameFragment,
        String dtlsState,
        String dtlsRole,
        Optional<String> selectedCandidatePairId,
        String localCertificateId,
        Optional<String> remoteCertificateId,
        Optional<String> tlsVersion,
        Optional<String> srtpCipher)
        implements Stats {
    @Override
    public StatsType type() {
        return StatsType.TRANSPORT;
    }
}
