package io.copperline.sip.stir;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;

/**
 * Fetches certificates over HTTPS. The address comes from whoever calls, so it must not lead anywhere inside: HTTPS alone,
 * no redirects, no address of a private network, and a bound on size and time.
 */
final class HttpsCertificates implements CertificateSource {
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int MAX_BYTES = 64 * 1024;
    private static final int USUAL_PORT = 443;
    private static final int OTHER_PORT = 8443; // the two that ATIS-1000074 allows

    private final boolean privateAddresses;

    HttpsCertificates(boolean privateAddresses) {
        this.privateAddresses = privateAddresses;
    }

    @Override
    public CertificateFile fetch(String x5u, Instant now) throws BadIdentity {
        URI uri = checked(x5u).orElseThrow(() -> bad("info is no HTTPS address that may be asked"));
        try {
            HttpsURLConnection connection = (HttpsURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
            connection.setInstanceFollowRedirects(false);
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setUseCaches(false);
            // The name may resolve to another address now than it did a moment ago.
            connection.setSSLSocketFactory(
                    new PublicSocketFactory(HttpsURLConnection.getDefaultSSLSocketFactory(), this::mayBeAsked));
            try (InputStream in = connection.getInputStream()) {
                byte[] file = connection.getResponseCode() == 200 ? in.readNBytes(MAX_BYTES + 1) : new byte[0];
                if (file.length > 0 && file.length <= MAX_BYTES) {
                    return new CertificateFile(file, Freshness.of(connection.getHeaderFields()));
                }
            } finally {
                connection.disconnect();
            }
        } catch (IOException | RuntimeException e) {
            throw bad("the certificate could not be fetched");
        }
        throw bad("no certificate is where info says");
    }

    private Optional<URI> checked(String x5u) {
        try {
            URI uri = URI.create(x5u);
            int port = uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
            boolean allowed = "https".equalsIgnoreCase(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && (privateAddresses || port == USUAL_PORT || port == OTHER_PORT);
            return allowed && mayBeAsked(InetAddress.getByName(uri.getHost())) ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException | IOException e) {
            return Optional.empty();
        }
    }

    /** Whether an address is one of the Internet at large. */
    boolean mayBeAsked(InetAddress address) {
        return privateAddresses || isPublic(address);
    }

    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        if (bytes.length == 4) {
            int second = bytes[1] & 0xff;
            boolean shared = first == 100 && second >= 64 && second < 128; // RFC 6598
            boolean benchmark = first == 198 && (second == 18 || second == 19); // RFC 2544
            return first != 0 && first < 224 && !shared && !benchmark;
        }
        boolean global = (first & 0xe0) == 0x20; // RFC 4291 section 2.4: 2000::/3
        boolean sixToFour = first == 0x20 && bytes[1] == 0x02; // RFC 3056: an IPv4 address is inside
        boolean teredo = first == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0; // RFC 4380
        return global && !sixToFour && !teredo;
    }

    private static BadIdentity bad(String why) {
        return new BadIdentity(BadIdentity.BAD_INFO, why);
    }
}
