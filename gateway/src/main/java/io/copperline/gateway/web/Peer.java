package io.copperline.gateway.web;

import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The other end of a request, as far as it can be believed.
 *
 * @param address an IP address; where a trusted proxy stands in between, the one that it saw
 * @param scheme {@code http} or {@code https}, as the browser spoke
 * @param host the authority that the browser asked for, such as {@code phone.example:8443}; empty where it said none
 */
record Peer(String address, String scheme, String host) {
    /** What rates are counted by: one IPv4 address, or one IPv6 network of 64 bits, which is what one subscriber has. */
    String rateKey() {
        return TrustedProxies.parse(address)
                .map(InetAddress::getAddress)
                .filter(bytes -> bytes.length == 16)
                .map(bytes -> HexFormat.of().formatHex(bytes, 0, 8))
                .orElse(address);
    }

    /** The name without the port, in lower case. */
    String hostName() {
        int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
        return (end <= 0 ? host : host.substring(0, end)).toLowerCase(Locale.ROOT);
    }
}
