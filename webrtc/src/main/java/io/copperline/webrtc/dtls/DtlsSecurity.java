package io.copperline.webrtc.dtls;

import io.copperline.codecs.srtp.SrtpKey;
import io.copperline.codecs.srtp.SrtpProfile;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** What both roles share: our certificate, the check of theirs, the profile, and the keys that come of it. */
final class DtlsSecurity {
    /** Browsers' certificates are ECDSA; a page may have made an RSA one. */
    static final int[] CIPHER_SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
    };

    /**
     * The label of a session that is WebRTC (RFC 8833). {@code c-webrtc} is not offered and not accepted: section 3 asks of it
     * that media is shown to the user alone, which whoever forwards it cannot promise.
     */
    static final ProtocolName ALPN = ProtocolName.WEBRTC;

    /** None: the peer's own time-out closes the queue, by the owner's clock. */
    static final int NO_TIMEOUT = 0;

    static final int MAX_MESSAGE_BYTES = 8_192;

    /** AES-CM costs half of GCM in Java and is every browser's own first choice. */
    private static final List<SrtpProfile> PROFILES =
            List.of(SrtpProfile.AES_CM_128_HMAC_SHA1_80, SrtpProfile.AEAD_AES_128_GCM, SrtpProfile.AEAD_AES_256_GCM);

    private final BcTlsCrypto crypto;
    private final DtlsCertificate certificate;
    private final List<Fingerprint> announced;
    private final SrtpUse use;
    private Optional<SrtpProfile> profile = Optional.empty();
    private volatile Optional<DtlsKeys> keys = Optional.empty();
    private volatile DtlsFailure failure = DtlsFailure.HANDSHAKE;
    private volatile boolean closedByPeer;
    private volatile Optional<CertificateFigures> remoteCertificate = Optional.empty();
    private boolean wiped;

    DtlsSecurity(BcTlsCrypto crypto, DtlsCertificate certificate, List<Fingerprint> announced, SrtpUse use) {
        this.crypto = crypto;
        this.certificate = certificate;
        this.announced = announced;
        this.use = use;
    }

    BcTlsCrypto crypto() {
        return crypto;
    }

    static int[] offeredProfiles() {
        return PROFILES.stream().mapToInt(SrtpProfile::dtlsId).toArray();
    }

    /** The server's choice: its own first one that the client has too (RFC 5764 section 4.1.1). */
    OptionalInt choose(int[] offered) throws TlsFatalAlert {
        profile = PROFILES.stream()
                .filter(p -> Arrays.stream(offered).anyMatch(id -> id == p.dtlsId()))
                .findFirst();
        checkProfile();
        return profile.map(p -> OptionalInt.of(p.dtlsId())).orElseGet(OptionalInt::empty);
    }

    /** The client learns the server's choice, which must be one profile of ours. */
    void chosen(int[] profiles) throws TlsFatalAlert {
        profile =
                profiles.length == 1 ? SrtpProfile.ofDtlsId(profiles[0]).filter(PROFILES::contains) : Optional.empty();
        if (profile.isEmpty() && profiles.length > 0) {
            throw noProfile();
        }
        checkProfile();
    }

    private void checkProfile() throws TlsFatalAlert {
        if (profile.isEmpty() && use == SrtpUse.REQUIRED) {
            throw noProfile();
        }
    }

    private TlsFatalAlert noProfile() {
        failure = DtlsFailure.NO_SRTP_PROFILE;
        return new TlsFatalAlert(AlertDescription.illegal_parameter);
    }

    /** RFC 8827 section 6.5: no key is exported before the certificate is the one that the SDP announced. */
    void check(Certificate theirs) throws IOException {
        if (theirs == null || theirs.isEmpty() || !matches(theirs.getCertificateAt(0))) {
            failure = DtlsFailure.FINGERPRINT_MISMATCH;
            throw new TlsFatalAlert(AlertDescription.bad_certificate);
        }
        remoteCertificate =
                Optional.of(CertificateFigures.of(theirs.getCertificateAt(0).getEncoded()));
    }

    private boolean matches(TlsCertificate theirs) throws IOException {
        return Fingerprint.match(announced, theirs.getEncoded());
    }

    TlsCredentialedSigner credentials(TlsContext context) throws IOException {
        Certificate chain = new Certificate(new TlsCertificate[] {new BcTlsCertificate(crypto, certificate.encoded())});
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                PrivateKeyFactory.createKey(certificate.encodedKey()),
                chain,
                new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }

    /** RFC 5764 section 4.2: client key, server key, client salt, server salt. */
    void export(TlsContext context) throws TlsFatalAlert {
        checkProfile();
        if (profile.isEmpty()) {
            return;
        }
        SrtpProfile agreed = profile.get();
        int keyBytes = agreed.keyBytes();
        int saltBytes = agreed.saltBytes();
        byte[] material = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, 2 * (keyBytes + saltBytes));
        SrtpKey client = key(agreed, material, 0, 2 * keyBytes);
        SrtpKey server = key(agreed, material, keyBytes, 2 * keyBytes + saltBytes);
        Arrays.fill(material, (byte) 0);
        keep(context.isServer() ? new DtlsKeys(server, client) : new DtlsKeys(client, server));
    }

    private static SrtpKey key(SrtpProfile profile, byte[] material, int keyAt, int saltAt) {
        byte[] key = Arrays.copyOfRange(material, keyAt, keyAt + profile.keyBytes());
        byte[] salt = Arrays.copyOfRange(material, saltAt, saltAt + profile.saltBytes());
        SrtpKey exported = new SrtpKey(profile, key, salt);
        Arrays.fill(key, (byte) 0);
        Arrays.fill(salt, (byte) 0);
        return exported;
    }

    private synchronized void keep(DtlsKeys exported) {
        keys = Optional.of(exported);
        if (wiped) {
            exported.wipe(); // The owner has closed meanwhile.
        }
    }

    /** Forgets the keys, also those that a handshake which still goes on is about to export. */
    synchronized void wipe() {
        wiped = true;
        keys.ifPresent(DtlsKeys::wipe);
    }

    void alert(short description) {
        closedByPeer |= description == AlertDescription.close_notify;
    }

    Optional<DtlsKeys> keys() {
        return keys;
    }

    /** The certificate that passed the check. */
    Optional<CertificateFigures> remoteCertificate() {
        return remoteCertificate;
    }

    /** The agreed profile, once keys were made for it. */
    Optional<SrtpProfile> agreedProfile() {
        return keys.map(k -> k.local().profile());
    }

    DtlsFailure failure() {
        return failure;
    }

    boolean closedByPeer() {
        return closedByPeer;
    }
}
