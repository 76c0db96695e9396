package io.copperline.gateway.doctor;

import io.copperline.sip.SipStartException;
import io.copperline.sip.TlsSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Fetches the certificate that a carrier shows over TLS. It is shown, not judged, and nothing is said over the connection: whether it
 * can be trusted is for the SIP stack, at the next step.
 */
final class CertificateLook {
    private static final int ALERT_MILLIS = 1_000;
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private CertificateLook() {}

    /** @param ours whom we show ourselves as, and what ALPN offers */
    static String at(InetSocketAddress address, String host, Optional<TlsSettings> ours, int timeoutMillis)
            throws IOException, GeneralSecurityException, SipStartException {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManager[] keys = ours.isPresent() ? ours.get().keyManagers() : new KeyManager[0];
        context.init(keys, new TrustManager[] {new AnyCertificate()}, null);
        try (Socket plain = new Socket()) {
            plain.connect(address, timeoutMillis);
            plain.setSoTimeout(timeoutMillis);
            try (SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, host, address.getPort(), true)) {
                SSLParameters parameters = socket.getSSLParameters();
                named(host).ifPresent(name -> parameters.setServerNames(List.of(name)));
                parameters.setApplicationProtocols(
                        ours.map(TlsSettings::protocols).orElse(List.of()).toArray(String[]::new));
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                awaitAlert(socket);
                return words((X509Certificate) socket.getSession().getPeerCertificates()[0]);
            }
        }
    }

    /** With TLS 1.3 the carrier judges our certificate after the handshake is over for us (RFC 8446 section 4.4.2.4). */
    private static void awaitAlert(SSLSocket socket) throws IOException {
        socket.setSoTimeout(ALERT_MILLIS);
        try {
            int _ = socket.getInputStream().read();
        } catch (SocketTimeoutException e) {
            // It is content, as far as one can tell.
        }
    }

    private static Optional<SNIHostName> named(String host) {
        try {
            return Optional.of(new SNIHostName(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // An address has no place in SNI (RFC 6066 section 3).
        }
    }

    private static String words(X509Certificate certificate) throws CertificateParsingException {
        String names = Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream()
                .flatMap(all -> all.stream())
                .filter(name -> name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS))
                .map(name -> name.get(1).toString())
                .collect(Collectors.joining(", "));
        return "certificate for "
                + (names.isEmpty() ? certificate.getSubjectX500Principal().getName() : names)
                + ", signed by " + certificate.getIssuerX500Principal().getName()
                + ", until " + certificate.getNotAfter().toInstant();
    }

    /** Nothing is told to whoever shows the certificate, so anyone may show any. */
    private static final class AnyCertificate extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
