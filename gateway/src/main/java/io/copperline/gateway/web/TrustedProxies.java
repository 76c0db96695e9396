package io.copperline.gateway.web;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** The proxies whose {@code X-Forwarded-*} headers are believed; from anybody else those headers mean nothing. */
final class TrustedProxies {
    private static final int MAX_HOPS = 20;

    private final List<Network> networks;

    /** Takes addresses and networks such as {@code 10.0.0.0/8}. */
    TrustedProxies(List<String> texts) {
        networks = texts.stream().map(Network::parse).toList();
    }

    /** The far end of a connection from {@code remote} with these headers; a header that is missing is "". */
    Peer peer(
            String remote,
            String scheme,
            String host,
            String forwardedFor,
            String forwardedProto,
            String forwardedHost) {
        if (!trusts(remote)) {
            return new Peer(remote, scheme, host);
        }
        String proto = last(forwardedProto);
        String authority = last(forwardedHost);
        return new Peer(
                client(remote, forwardedFor),
                proto.equals("https") || proto.equals("http") ? proto : scheme,
                authority.isEmpty() ? host : authority);
    }

    /** Goes back from the nearest hop to the first one that is no proxy of ours: everything before it may be made up. */
    private String client(String remote, String forwardedFor) {
        String[] hops = forwardedFor.split(",", -1);
        String client = remote;
        for (int i = hops.length - 1; i >= 0 && i >= hops.length - MAX_HOPS; i--) {
            Optional<InetAddress> hop = parse(hops[i].strip());
            if (hop.isEmpty()) {
                return client;
            }
            client = hop.get().getHostAddress();
            if (!trusts(client)) {
                return client;
            }
        }
        return client;
    }

    private boolean trusts(String address) {
        return !networks.isEmpty()
                && parse(address)
                        .filter(ip -> networks.stream().anyMatch(network -> network.holds(ip)))
                        .isPresent();
    }

    private static String last(String header) {
        return header.substring(header.lastIndexOf(',') + 1).strip();
    }

    /** Reads a literal; names are never looked up. */
    static Optional<InetAddress> parse(String literal) {
        try {
            return literal.isEmpty() ? Optional.empty() : Optional.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The first {@code bits} bits of an address of {@code bytes} bytes, as a number. */
    private record Network(int bytes, int bits, BigInteger prefix) {
        static Network parse(String text) {
            int slash = text.indexOf('/');
            InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
            int bytes = address.getAddress().length;
            int bits = slash < 0 ? bytes * 8 : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > bytes * 8) {
                throw new IllegalArgumentException("not a network: " + text);
            }
            return new Network(bytes, bits, prefix(address, bits));
        }

        boolean holds(InetAddress address) {
            return address.getAddress().length == bytes && prefix(address, bits).equals(prefix);
        }

        private static BigInteger prefix(InetAddress address, int bits) {
            byte[] value = address.getAddress();
            return new BigInteger(1, value).shiftRight(value.length * 8 - bits);
        }
    }
}
