package io.copperline.sip.wire;

import java.util.Optional;

/**
 * A host and a port as they stand in a URI.
 *
 * @param host name or address, IPv6 without brackets
 * @param port 0 where none is written
 */
record HostPort(String host, int port) {

    static Optional<HostPort> parse(String text) {
        String trimmed = text.strip();
        int bracket = trimmed.indexOf(']');
        int colon = trimmed.indexOf(':', Math.max(bracket, 0));
        String host = colon < 0 ? trimmed : trimmed.substring(0, colon);
        if (bracket > 0) {
            host = trimmed.charAt(0) == '[' ? trimmed.substring(1, bracket) : "";
        }
        int port = colon < 0 ? 0 : port(trimmed.substring(colon + 1));
        return host.isEmpty() || port < 0 ? Optional.empty() : Optional.of(new HostPort(host, port));
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text.strip());
            return port > 0 && port < 65536 ? port : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
