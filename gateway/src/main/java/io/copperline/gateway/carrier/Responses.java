package io.copperline.gateway.carrier;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes responses. */
final class Responses {
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(180, "Ringing"),
            Map.entry(183, "Session Progress"),
            Map.entry(200, "OK"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(407, "Proxy Authentication Required"),
            Map.entry(420, "Bad Extension"),
            Map.entry(421, "Extension Required"),
            Map.entry(481, "Call/Transaction Does Not Exist"),
            Map.entry(482, "Loop Detected"),
            Map.entry(484, "Address Incomplete"),
            Map.entry(487, "Request Terminated"),
            Map.entry(488, "Not Acceptable Here"),
            Map.entry(500, "Server Internal Error"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Server Time-out"),
            Map.entry(603, "Decline"));

    private Responses() {}

    /**
     * A response (RFC 3261 section 8.2.6).
     *
     * @param tag ours in To, where the request has none
     * @param more header lines
     */
    static String to(
            WireMessage request, InetSocketAddress peer, int status, String tag, List<String> more, String sdp) {
        StringBuilder text =
                new StringBuilder("SIP/2.0 " + status + " " + REASONS.getOrDefault(status, "Refused") + "\r\n");
        boolean top = true;
        for (String via : request.all("via").toList()) {
            line(text, "Via", top ? received(via, peer) : via);
            top = false;
        }
        line(text, "From", request.first("from"));
        line(text, "To", request.first("to") + (request.inDialog() ? "" : ";tag=" + tag));
        line(text, "Call-ID", request.first("call-id"));
        line(text, "CSeq", request.first("cseq"));
        more.forEach(header -> text.append(header).append("\r\n"));
        if (!sdp.isEmpty()) {
            line(text, "Content-Type", "application/sdp");
        }
        line(text, "Content-Length", "" + sdp.getBytes(StandardCharsets.UTF_8).length);
        return text.append("\r\n").append(sdp).toString();
    }

    /** RFC 3581 section 4. */
    private static String received(String via, InetSocketAddress peer) {
        String seen = ";received=" + peer.getAddress().getHostAddress();
        return via.matches(".*;\\s*rport\\s*(;.*)?")
                ? via.replaceFirst(";\\s*rport\\s*(?=;|$)", ";rport=" + peer.getPort()) + seen
                : via + seen;
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append("\r\n");
    }
}
