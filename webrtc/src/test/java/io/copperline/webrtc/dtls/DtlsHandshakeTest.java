package io.copperline.webrtc.dtls;

import static io.copperline.webrtc.dtls.TwoTransports.CERTIFICATE;
import static io.copperline.webrtc.dtls.TwoTransports.RANDOM;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.codecs.srtp.SrtpKey;
import io.copperline.codecs.srtp.SrtpProfile;
import io.copperline.codecs.srtp.SrtpSender;
import io.copperline.webrtc.dtls.TwoTransports.Weather;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client and a server of ours, and what networks and liars do to their handshake. */
class DtlsHandshakeTest {
    private static final int SEEDS = 12;

    /** application_layer_protocol_negotiation (16), 9 bytes: a list of 7 bytes with one name of 6 (RFC 7301 section 3.1). */
    private static final String ALPN = "0010" + "0009" + "0007" + "06" + hex("webrtc");

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 10, 20})
    void completesWhateverIsLostDuplicatedOrLate(int lossPercent) {
        for (int seed = 0; seed < SEEDS; seed++) {
            var two = new TwoTransports(seed, new Weather(lossPercent / 100.0, 0.1, 40), List::of);
            assertTrue(two.start(CERTIFICATE, CERTIFICATE).connect(15_000), "seed " + seed);
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 200", "10, 200", "20, 200", "5, 60"})
    void completesInPiecesThatAreLostDuplicatedAndLate(int lossPercent, int pieceBytes) {
        for (int seed = 0; seed < SEEDS; seed++) {
            var weather = new Weather(lossPercent / 100.0, 0.1, 40);
            var two = new TwoTransports(seed, weather, new Fragmenter(pieceBytes)::cut);
            assertTrue(two.start(CERTIFICATE, CERTIFICATE).connect(15_000), "seed " + seed);
        }
    }

    @Test
    void sendsBigCertificateInDatagramsBelowEveryMtu() throws Exception {
        DtlsCertificate big = certificateOf(6_000);
        TwoTransports two = TwoTransports.fair();
        assertTrue(two.start(big, big).connect(1_000));
        assertTrue(two.sent.stream().allMatch(datagram -> datagram.length <= 1_200));
        assertTrue(two.sent.stream().mapToInt(datagram -> datagram.length).sum() > 12_000);
    }

    @Test
    void takesNoCertificateBeyondItsBound() throws Exception {
        TwoTransports two = TwoTransports.fair();
        assertFalse(two.start(certificateOf(9_000), CERTIFICATE).connect(600));
        assertEquals(Optional.empty(), two.server.keys());
    }

    /** A certificate that has so many bytes in an extension of nobody's. */
    private static DtlsCertificate certificateOf(int bytes) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
        X500Name name = new X500Name("CN=big");
        Instant now = Instant.ofEpochSecond(1_800_000_000);
        var builder = new JcaX509v3CertificateBuilder(
                name, BigInteger.ONE, Date.from(now), Date.from(now.plusSeconds(86_400)), name, pair.getPublic());
        builder.addExtension(new ASN1ObjectIdentifier("1.2.3.4"), false, new DEROctetString(new byte[bytes]));
        byte[] der = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
                .getEncoded();
        return DtlsCertificate.parse(
                pem("CERTIFICATE", der) + pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }

    @Test
    void bothNameWebrtc() {
        TwoTransports two = TwoTransports.fair();
        assertTrue(two.start(CERTIFICATE, CERTIFICATE).connect(1_000));
        assertEquals(2, saying(two, ALPN), "ClientHello and ServerHello");
    }

    @Test
    void serverRefusesClientThatWantsAnotherProtocol() {
        TwoTransports two =
                new TwoTransports(1, Weather.FAIR, d -> List.of(replaced(d, ALPN, hex("webrtc"), "sip2.0")));
        assertFalse(two.start(CERTIFICATE, CERTIFICATE).connect(1_000));
        assertEquals(DtlsTransport.State.FAILED, two.server.state());
        assertEquals(1, saying(two, "0002" + "0278"), "fatal no_application_protocol, RFC 7301 section 3.2");
    }

    @Test
    void clientRefusesProtocolThatItDidNotOffer() {
        TwoTransports two = new TwoTransports(1, Weather.FAIR, datagram -> {
            boolean serverHello = datagram[13] == 2;
            return List.of(serverHello ? replaced(datagram, ALPN, hex("webrtc"), "sip2.0") : datagram);
        });
        assertFalse(two.start(CERTIFICATE, CERTIFICATE).connect(1_000));
        assertEquals(DtlsTransport.State.FAILED, two.client.state());
        assertEquals(1, saying(two, "0002" + "022f"), "fatal illegal_parameter");
    }

    private static long saying(TwoTransports two, String bytes) {
        return two.sent.stream()
                .filter(datagram -> HexFormat.of().formatHex(datagram).contains(bytes))
                .count();
    }

    private static byte[] replaced(byte[] datagram, String where, String from, String to) {
        String text = HexFormat.of().formatHex(datagram);
        return HexFormat.of().parseHex(text.replace(where, where.replace(from, hex(to))));
    }

    @Test
    void serverExportsNoKeyForCertificateThatWasNotAnnounced() {
        TwoTransports two = TwoTransports.fair();
        DtlsCertificate forged = DtlsCertificate.create(RANDOM, Instant.ofEpochSecond(1_800_000_000));
        List<Fingerprint> announced = List.of(CERTIFICATE.fingerprint());
        assertFalse(two.start(forged, announced, CERTIFICATE, announced).connect(1_000));
        assertEquals(DtlsFailure.FINGERPRINT_MISMATCH, two.server.failure());
        assertEquals(Optional.empty(), two.server.keys());
    }

    @Test
    void clientExportsNoKeyForCertificateThatWasNotAnnounced() {
        TwoTransports two = TwoTransports.fair();
        DtlsCertificate forged = DtlsCertificate.create(RANDOM, Instant.ofEpochSecond(1_800_000_000));
        List<Fingerprint> announced = List.of(CERTIFICATE.fingerprint());
        assertFalse(two.start(CERTIFICATE, announced, forged, announced).connect(1_000));
        assertEquals(DtlsFailure.FINGERPRINT_MISMATCH, two.client.failure());
        assertEquals(Optional.empty(), two.client.keys());
    }

    @Test
    void closingForgetsTheKeys() {
        TwoTransports two = TwoTransports.fair();
        assertTrue(two.start(CERTIFICATE, CERTIFICATE).connect(1_000));
        DtlsKeys keys = two.client.keys().orElseThrow();
        SrtpProfile profile = keys.local().profile();
        SrtpKey nothing = new SrtpKey(profile, new byte[profile.keyBytes()], new byte[profile.saltBytes()]);
        assertFalse(
                HexFormat.of().formatHex(sealed(nothing)).equals(HexFormat.of().formatHex(sealed(keys.local()))));
        two.client.close();
        assertArrayEquals(sealed(nothing), sealed(keys.local()));
        assertArrayEquals(sealed(nothing), sealed(keys.remote()));
    }

    private static byte[] sealed(SrtpKey key) {
        byte[] packet = new byte[100];
        RtpHeader.write(packet, 0, 111, false, 1, 2, 3);
        new SrtpSender(key).protectRtp(packet, 0, 40);
        return packet;
    }
}
