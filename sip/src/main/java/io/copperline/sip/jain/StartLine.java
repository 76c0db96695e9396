package io.copperline.sip.jain;

import java.util.Locale;
import java.util.Optional;

/** What is wrong with the first line of a message (RFC 3261 sections 7.1 and 7.2) that JAIN-SIP's parser would take. */
final class StartLine {
    private static final String RESPONSE = "SIP/";

    private StartLine() {}

    static boolean isResponse(String line) {
        return line.startsWith(RESPONSE);
    }

    /** Whether it is a request in a version of SIP that is not ours (RFC 3261 section 21.5.6). */
    static boolean isOfAnotherVersion(String line) {
        String version = line.substring(line.lastIndexOf(' ') + 1);
        return !isResponse(line) && version.matches("(?i)SIP/\\d+\\.\\d+") && !version.equalsIgnoreCase("SIP/2.0");
    }

    static Optional<String> objection(String line) {
        return isResponse(line) ? ofResponse(line) : ofRequest(line);
    }

    private static Optional<String> ofResponse(String line) {
        return line.matches("SIP/2\\.0 [1-6][0-9]{2}( .*)?") ? Optional.empty() : Optional.of("bad status line");
    }

    // One SP between the three parts and none behind the last: two readers who skip blanks differently see two
    // requests.
    private static Optional<String> ofRequest(String line) {
        String[] parts = line.split(" ", -1);
        if (parts.length != 3 || parts[0].isEmpty() || parts[1].isEmpty() || parts[2].isEmpty()) {
            return Optional.of("bad request line");
        }
        return uri(parts[1]);
    }

    private static Optional<String> uri(String uri) {
        if (uri.charAt(0) == '<') {
            return Optional.of("Request-URI in brackets");
        }
        String lower = uri.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("sip:") && !lower.startsWith("sips:")) {
            return Optional.empty();
        }
        String host = uri.substring(Math.max(uri.indexOf('@'), uri.indexOf(':')) + 1);
        if (host.indexOf('?') >= 0) {
            return Optional.of("headers in the Request-URI"); // RFC 3261 section 19.1.1: not allowed there
        }
        String hostPort = host.split(";", 2)[0];
        boolean bareIpv6 = !hostPort.startsWith("[") && hostPort.indexOf(':') != hostPort.lastIndexOf(':');
        return bareIpv6 ? Optional.of("IPv6 address without brackets") : Optional.empty(); // RFC 5118 section 4.2
    }
}
