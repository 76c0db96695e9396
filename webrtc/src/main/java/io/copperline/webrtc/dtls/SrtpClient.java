package io.copperline.webrtc.dtls;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;

/** The active side. */
@SuppressWarnings({"rawtypes", "unchecked", "JdkObsolete"}) // Bouncy Castle's interface is from before generics.
final class SrtpClient extends DefaultTlsClient {
    private final DtlsSecurity security;

    SrtpClient(DtlsSecurity security) {
        super(security.crypto());
        this.security = security;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return DtlsSecurity.CIPHER_SUITES.clone();
    }

    @Override
    protected Vector getProtocolNames() {
        return TlsUtils.vectorOfOne(DtlsSecurity.ALPN);
    }

    @Override
    public Hashtable getClientExtensions() throws IOException {
        Hashtable extensions = TlsExtensionsUtils.ensureExtensionsInitialised(super.getClientExtensions());
        TlsSRTPUtils.addUseSRTPExtension(
                extensions, new UseSRTPData(DtlsSecurity.offeredProfiles(), TlsUtils.EMPTY_BYTES));
        return extensions;
    }

    @Override
    public void processServerExtensions(Hashtable extensions) throws IOException {
        super.processServerExtensions(extensions);
        ProtocolName named = extensions == null ? null : TlsExtensionsUtils.getALPNExtensionServer(extensions);
        if (named != null && !named.equals(DtlsSecurity.ALPN)) {
            throw new TlsFatalAlert(AlertDescription.illegal_parameter); // RFC 7301 section 3.1: one that was offered
        }
        UseSRTPData data = extensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(extensions);
        security.chosen(data == null ? new int[0] : data.getProtectionProfiles());
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate certificate) throws IOException {
                security.check(certificate.getCertificate());
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                return security.credentials(context);
            }
        };
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
