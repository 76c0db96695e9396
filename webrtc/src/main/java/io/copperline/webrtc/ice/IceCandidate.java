package io.copperline.webrtc.ice;

import io.copperline.codecs.sdp.SdpException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;

/**
 * A candidate (RFC 8839 section 5.1).
 *
 * @param transport {@code udp} or {@code tcp}, in lower case
 * @param address where it is; empty for a name that hides an address (mDNS), which is learnt from checks instead
 * @param type {@code host}, {@code srflx}, {@code prflx} or {@code relay}
 * @param related of a reflexive one, the address that is seen as this one ({@code raddr} and {@code rport})
 * @param tcpType who connects (RFC 6544 section 4.5); empty over UDP
 */
public record IceCandidate(
        String foundation,
        int component,
        String transport,
        long priority,
        Optional<InetSocketAddress> address,
        String type,
        Optional<InetSocketAddress> related,
        Optional<TcpType> tcpType) {
    static final int PEER_REFLEXIVE_PREFERENCE = 110;
    private static final int HOST_PREFERENCE = 126;
    private static final int SERVER_REFLEXIVE_PREFERENCE = 100;
    /** Below whatever UDP has to offer without a relay: sound waits for a lost segment (RFC 6544 section 4.2). */
    private static final int TCP_HOST_PREFERENCE = 90;

    private static final int PASSIVE_DIRECTION = 4;
    private static final int MIN_PARTS = 8;

    /** Our own host candidate; among several, a smaller {@code rank} is preferred (RFC 8445 section 5.1.2.1). */
    public static IceCandidate host(InetSocketAddress address, int rank) {
        return new IceCandidate(
                Integer.toString(rank + 1),
                1,
                "udp",
                priority(HOST_PREFERENCE, 65_535 - rank),
                Optional.of(address),
                "host",
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Our own listening TCP socket. Local preference is {@code 2^13 * direction + other}, and a passive one's direction is 4
     * (RFC 6544 section 4.2).
     */
    public static IceCandidate tcpPassive(InetSocketAddress address, int rank) {
        return new IceCandidate(
                "tcp" + (rank + 1),
                1,
                "tcp",
                priority(TCP_HOST_PREFERENCE, PASSIVE_DIRECTION << 13 | 8_191 - rank),
                Optional.of(address),
                "host",
                Optional.empty(),
                Optional.of(TcpType.PASSIVE));
    }

    /** How a STUN server sees our host candidate {@code base} (RFC 8445 section 5.1.1.2). */
    public static IceCandidate serverReflexive(InetSocketAddress address, InetSocketAddress base, int rank) {
        return new IceCandidate(
                "srflx" + (rank + 1),
                1,
                "udp",
                priority(SERVER_REFLEXIVE_PREFERENCE, 65_535 - rank),
                Optional.of(address),
                "srflx",
                Optional.of(base),
                Optional.empty());
    }

    /** RFC 8445 section 5.1.2.1, for the one component there is. */
    static long priority(int typePreference, int localPreference) {
        return (long) typePreference << 24 | (long) localPreference << 8 | 255;
    }

    /** Reads the value of {@code a=candidate}. */
    public static IceCandidate parse(String value) throws SdpException {
        String[] parts = value.trim().split(" +");
        if (parts.length < MIN_PARTS || !parts[6].equals("typ")) {
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
                    parts[7],
                    related(parts),
                    extension(parts, "tcptype").flatMap(TcpType::of));
        } catch (NumberFormatException e) {
            throw new SdpException("a candidate's component, priority and port are numbers");
        }
    }

    private static Optional<InetSocketAddress> related(String[] parts) {
        Optional<Integer> port = extension(parts, "rport")
                .filter(text -> text.matches("[0-9]{1,5}"))
                .map(Integer::valueOf)
                .filter(number -> number <= 65_535);
        return extension(parts, "raddr")
                .flatMap(IceCandidate::literal)
                .flatMap(address -> port.map(number -> new InetSocketAddress(address, number)));
    }

    /** Behind the type stand names and values in turn. */
    private static Optional<String> extension(String[] parts, String name) {
        for (int i = MIN_PARTS; i + 1 < parts.length; i += 2) {
            if (parts[i].equals(name)) {
                return Optional.of(parts[i + 1]);
            }
        }
        return Optional.empty();
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
        String text = foundation + " " + component + " " + transport + " " + priority + " " + host(at) + " "
                + at.getPort() + " typ " + type;
        return text
                + related.map(r -> " raddr " + host(r) + " rport " + r.getPort())
                        .orElse("")
                + tcpType.map(t -> " tcptype " + t.word()).orElse("");
    }

    private static String host(InetSocketAddress at) {
        String host = at.getAddress().getHostAddress();
        int scope = host.indexOf('%');
        return scope < 0 ? host : host.substring(0, scope);
    }
}
