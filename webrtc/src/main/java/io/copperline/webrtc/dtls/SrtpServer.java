package io.copperline.webrtc.dtls;

import java.io.IOException;
import java.util.Hashtable;
import java.util.OptionalInt;
import java.util.Vector;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;

/** The passive side. */
@SuppressWarnings({"rawtypes", "unchecked", "JdkObsolete"}) // Bouncy Castle's interface is from before generics.
final class SrtpServer extends DefaultTlsServer {
    private final DtlsSecurity security;
    private OptionalInt chosenProfile = OptionalInt.empty();

    SrtpServer(DtlsSecurity security) {
        super(security.crypto());
        this.security = security;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        // Our certificate is ECDSA.
        return new int[] {DtlsSecurity.CIPHER_SUITES[0]};
    }

    /** Bouncy Castle ends the handshake of a client that offers names and not ours (RFC 7301 section 3.2). */
    @Override
    protected Vector getProtocolNames() {
        return TlsUtils.vectorOfOne(DtlsSecurity.ALPN);
    }

    @Override
    public void processClientExtensions(Hashtable extensions) throws IOException {
        super.processClientExtensions(extensions);
        UseSRTPData data = extensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(extensions);
        chosenProfile = security.choose(data == null ? new int[0] : data.getProtectionProfiles());
    }

    @Override
    public Hashtable getServerExtensions() throws IOException {
        Hashtable extensions = TlsExtensionsUtils.ensureExtensionsInitialised(super.getServerExtensions());
        if (chosenProfile.isPresent()) {
            TlsSRTPUtils.addUseSRTPExtension(
                    extensions, new UseSRTPData(new int[] {chosenProfile.getAsInt()}, TlsUtils.EMPTY_BYTES));
        }
        return extensions;
    }

    @Override
    public CertificateRequest getCertificateRequest() {
        return new CertificateRequest(
                new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign},
                TlsUtils.getDefaultSupportedSignatureAlgorithms(context),
                null);
    }

    @Override
    public void notifyClientCertificate(Certificate certificate) throws IOException {
        security.check(certificate);
    }

    @Override
    protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
        return security.credentials(context);
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        security.export(context);
    }

    @Override
    public void notifyAlertReceived(short level, short description) {
        super.notifyAlertReceived(level, description);
        security.alert(description);
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return DatagramQueue.FIRST_WAIT_MILLIS;
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return DtlsSecurity.NO_TIMEOUT;
    }

    @Override
    public int getMaxHandshakeMessageSize() {
        return DtlsSecurity.MAX_MESSAGE_BYTES;
    }
}
