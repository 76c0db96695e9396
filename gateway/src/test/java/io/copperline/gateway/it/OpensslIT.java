package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.codecs.srtp.SrtpKey;
import io.copperline.codecs.srtp.SrtpProfile;
import io.copperline.codecs.srtp.SrtpSender;
import io.copperline.gateway.FreePorts;
import io.copperline.webrtc.dtls.DtlsCertificate;
import io.copperline.webrtc.dtls.DtlsFailure;
import io.copperline.webrtc.dtls.DtlsRole;
import io.copperline.webrtc.dtls.DtlsTransport.State;
import io.copperline.webrtc.dtls.Fingerprint;
import io.copperline.webrtc.dtls.SrtpUse;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Our DTLS against OpenSSL's, which cuts its messages for an MTU of 300 bytes: the certificate chain, and the CertificateVerify
 * of an RSA key, come in pieces. That both agree is told by the SRTP keys that both export.
 */
class OpensslIT {
    private static final DtlsCertificate CERTIFICATE =
            DtlsCertificate.create(new SecureRandom(), Instant.ofEpochSecond(1_800_000_000));

    @TempDir
    static Path directory;

    private static Fingerprint sha512;

    @BeforeAll
    static void makeCertificates() throws Exception {
        Openssl.makeCertificates(directory);
        sha512 = Fingerprint.parse(Openssl.fingerprint(directory, "sha512"));
    }

    private static String[] exporting(SrtpProfile profile, String name) {
        int bytes = 2 * (profile.keyBytes() + profile.saltBytes());
        return new String[] {
            "-use_srtp", name, "-alpn", "webrtc", "-keymatexport", "EXTRACTOR-dtls_srtp", "-keymatexportlen", "" + bytes
        };
    }

    @ParameterizedTest
    @CsvSource({
        "AES_CM_128_HMAC_SHA1_80, SRTP_AES128_CM_SHA1_80",
        "AEAD_AES_128_GCM, SRTP_AEAD_AES_128_GCM",
        "AEAD_AES_256_GCM, SRTP_AEAD_AES_256_GCM"
    })
    void agreesWithClient(SrtpProfile profile, String name) throws IOException {
        try (DtlsPeer ours = new DtlsPeer()) {
            ours.transport().start(DtlsRole.SERVER, CERTIFICATE, List.of(sha512), SrtpUse.REQUIRED);
            ours.open();
            try (Openssl client = Openssl.client(directory, ours.port(), exporting(profile, name))) {
                ours.await(State.CONNECTED);
                client.awaitSaid("ALPN protocol: webrtc");
                byte[] material = HexFormat.of().parseHex(client.keyingMaterial());
                assertSameKey(
                        key(profile, material, 1),
                        ours.transport().keys().orElseThrow().local());
                assertSameKey(
                        key(profile, material, 0),
                        ours.transport().keys().orElseThrow().remote());
            }
        }
    }

    @Test
    void agreesWithServer() throws IOException {
        SrtpProfile profile = SrtpProfile.AES_CM_128_HMAC_SHA1_80;
        int port = FreePorts.one();
        String[] options = exporting(profile, "SRTP_AES128_CM_SHA1_80");
        try (Openssl server = Openssl.server(directory, port, options);
                DtlsPeer ours = new DtlsPeer(port)) {
            server.awaitSaid("ACCEPT");
            ours.transport().start(DtlsRole.CLIENT, CERTIFICATE, List.of(sha512), SrtpUse.REQUIRED);
            ours.open().await(State.CONNECTED);
            server.awaitSaid("ALPN protocols selected: webrtc");
            byte[] material = HexFormat.of().parseHex(server.keyingMaterial());
            assertSameKey(
                    key(profile, material, 0),
                    ours.transport().keys().orElseThrow().local());
            assertSameKey(
                    key(profile, material, 1),
                    ours.transport().keys().orElseThrow().remote());
            assertTrue(ours.longestBytes() <= 1_200);
        }
    }

    /** The client's (0) or the server's (1) key (RFC 5764 section 4.2). */
    private static SrtpKey key(SrtpProfile profile, byte[] material, int side) {
        int key = side * profile.keyBytes();
        int salt = 2 * profile.keyBytes() + side * profile.saltBytes();
        return new SrtpKey(
                profile,
                Arrays.copyOfRange(material, key, key + profile.keyBytes()),
                Arrays.copyOfRange(material, salt, salt + profile.saltBytes()));
    }

    private static void assertSameKey(SrtpKey theirs, SrtpKey ours) {
        assertArrayEquals(sealed(theirs), sealed(ours));
    }

    private static byte[] sealed(SrtpKey key) {
        byte[] packet = new byte[100];
        RtpHeader.write(packet, 0, 111, false, 1, 2, 3);
        new SrtpSender(key).protectRtp(packet, 0, 60);
        return packet;
    }

    @Test
    void takesClientThatNamesNoProtocol() throws IOException {
        try (DtlsPeer ours = new DtlsPeer()) {
            ours.transport().start(DtlsRole.SERVER, CERTIFICATE, List.of(sha512), SrtpUse.REQUIRED);
            ours.open();
            try (Openssl client = Openssl.client(directory, ours.port(), "-use_srtp", "SRTP_AES128_CM_SHA1_80")) {
                ours.await(State.CONNECTED);
                client.awaitSaid("No ALPN negotiated");
            }
        }
    }

    @Test
    void refusesClientThatWantsConfidentialityWhichATelephoneCannotPromise() throws IOException {
        try (DtlsPeer ours = new DtlsPeer()) {
            ours.transport().start(DtlsRole.SERVER, CERTIFICATE, List.of(sha512), SrtpUse.REQUIRED);
            ours.open();
            String[] options = {"-use_srtp", "SRTP_AES128_CM_SHA1_80", "-alpn", "c-webrtc"};
            try (Openssl client = Openssl.client(directory, ours.port(), options)) {
                ours.await(State.FAILED);
                client.awaitSaid("no application protocol");
                assertEquals(Optional.empty(), ours.transport().keys());
            }
        }
    }

    /** A peer of data channels alone need not know SRTP. */
    @Test
    void agreesWithoutSrtpWhereNoMediaNeedsIt() throws IOException {
        int port = FreePorts.one();
        try (Openssl server = Openssl.server(directory, port);
                DtlsPeer ours = new DtlsPeer(port)) {
            server.awaitSaid("ACCEPT");
            ours.transport().start(DtlsRole.CLIENT, CERTIFICATE, List.of(sha512), SrtpUse.OPTIONAL);
            ours.open().await(State.CONNECTED);
            assertEquals(Optional.empty(), ours.transport().keys());
        }
        try (DtlsPeer ours = new DtlsPeer()) {
            ours.transport().start(DtlsRole.SERVER, CERTIFICATE, List.of(sha512), SrtpUse.OPTIONAL);
            ours.open();
            try (Openssl client = Openssl.client(directory, ours.port())) {
                ours.await(State.CONNECTED);
                client.awaitSaid("Verify return code");
                assertEquals(Optional.empty(), ours.transport().keys());
            }
        }
    }

    @Test
    void refusesClientWithoutSrtpWhereMediaNeedsIt() throws IOException {
        try (DtlsPeer ours = new DtlsPeer()) {
            ours.transport().start(DtlsRole.SERVER, CERTIFICATE, List.of(sha512), SrtpUse.REQUIRED);
            ours.open();
            try (Openssl client = Openssl.client(directory, ours.port())) {
                ours.await(State.FAILED);
                client.awaitSaid("illegal parameter");
                assertEquals(DtlsFailure.NO_SRTP_PROFILE, ours.transport().failure());
            }
        }
    }

    @Test
    void refusesCertificateThatWasNotAnnounced() throws IOException {
        try (DtlsPeer ours = new DtlsPeer()) {
            ours.transport().start(DtlsRole.SERVER, CERTIFICATE, List.of(CERTIFICATE.fingerprint()), SrtpUse.REQUIRED);
            ours.open();
            try (Openssl client = Openssl.client(directory, ours.port(), "-use_srtp", "SRTP_AES128_CM_SHA1_80")) {
                ours.await(State.FAILED);
                client.awaitSaid("bad certificate");
                assertEquals(DtlsFailure.FINGERPRINT_MISMATCH, ours.transport().failure());
                assertEquals(Optional.empty(), ours.transport().keys());
            }
        }
    }
}
