package io.copperline.sip.jain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The 400 to a datagram that the parser shall not see, made of its bytes and without any state (RFC 3261 sections 8.2.6 and
 * 8.2.7). The stack's own would carry the request as its body and words of our making.
 */
final class BadRequest {
    private static final int MAX_LINES = MessageGuard.MAX_HEADERS;
    private static final List<String> SINGLE = List.of("from", "to", "call-id", "cseq");

    private BadRequest() {}

    /** The response; empty for what is no request, for an ACK, and where nobody could tell whose answer it is. */
    static Optional<byte[]> to(byte[] message) {
        List<String> lines = lines(new String(message, StandardCharsets.ISO_8859_1));
        if (lines.isEmpty()
                || StartLine.isResponse(lines.getFirst())
                || lines.getFirst().startsWith("ACK ")) {
            return Optional.empty();
        }
        StringBuilder out = new StringBuilder("SIP/2.0 400 Bad Request\r\n");
        List<String> wanted = new ArrayList<>(SINGLE);
        boolean via = false;
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : full(line.substring(0, colon).strip().toLowerCase(Locale.ROOT));
            if (name.equals("via")) {
                via = true;
                out.append(line).append("\r\n");
            } else if (wanted.remove(name)) {
                out.append(name.equals("to") ? tagged(line) : line).append("\r\n");
            }
        }
        out.append("Content-Length: 0\r\n\r\n");
        boolean small = out.length() <= message.length + 128;
        return via && small ? Optional.of(out.toString().getBytes(StandardCharsets.ISO_8859_1)) : Optional.empty();
    }

    private static String full(String name) {
        return switch (name) {
            case "v" -> "via";
            case "f" -> "from";
            case "t" -> "to";
            case "i" -> "call-id";
            default -> name;
        };
    }

    private static String tagged(String to) {
        return to.contains("tag") ? to : to + ";tag=" + Integer.toHexString(to.hashCode());
    }

    /** The lines before the body, each as one. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        for (String line : text.stripLeading().split("\\r\\n|\\r|\\n", MAX_LINES)) {
            if (line.isBlank()) {
                break;
            }
            if (!lines.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t')) {
                lines.addLast(lines.removeLast() + " " + line.strip());
            } else {
                lines.add(line);
            }
        }
        return lines;
    }
}
