package io.copperline.webrtc.ice;

import io.copperline.codecs.sdp.SdpException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;

/**
 * A candidate (RFC 8839 section 5.1).
 *
 * @param address where it is; empty for a name that hides an address (mDNS), which is learnt from checks instead
 * @param transport {@code udp} or {@code tcp}, in lower case
 */
public record IceCandidate(
        String foundation,
        int component,
        String transport,
        long priority,
        Optional<InetSocketAddress> address,
        String type) {
    private static final int HOST_PREFERENCE = 126;

    /** Our own host candidate; among several, a smaller {@code rank} is preferred (RFC 8445 section 5.1.2.1). */
    public static IceCandidate host(InetSocketAddress address, int rank) {
        long priority = ((long) HOST_PREFERENCE << 24) | ((65_535L - rank) << 8) | 255;
        return new IceCandidate(Integer.toString(rank + 1), 1, "udp", priority, Optional.of(address), "host");
    }

    /** Reads the value of {@code a=candidate}. */
    public static IceCandidate parse(String value) throws SdpException {
        String[] parts = value.trim().split(" +");
        if (parts.length < 8 || !parts[6].equals("typ")) {
            throw new SdpException(
                    "a candidate needs foundation, component, transport, priority, address, port, typ and type");
        }
        try {
            int port = Integer.parseUnsignedInt(parts[5]);
            if (port < 0 || port > 65_535) {
                throw new SdpException("a candidate's port is from 0 to 65535");
            }
            return new IceCandidate(
                    parts[0],
                    Integer.parseUnsignedInt(parts[1]),
                    parts[2].toLowerCase(Locale.ROOT),
                    Long.parseUnsignedLong(parts[3]),
                    literal(parts[4]).map(a -> new InetSocketAddress(a, port)),
                    parts[7]);
        } catch (NumberFormatException e) {
            throw new SdpException("a candidate's component, priority and port are numbers");
        }
    }

    private static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The value of {@code a=candidate}. */
    public String write() {
        InetSocketAddress at = address.orElseThrow();
        String host = at.getAddress().getHostAddress();
        int scope = host.indexOf('%');
        return foundation + " " + component + " " + transport + " " + priority + " "
                + (scope < 0 ? host : host.substring(0, scope)) + " " + at.getPort() + " typ " + type;
    }
}
