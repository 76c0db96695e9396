package io.copperline.sip.jain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The 400 to a datagram that the parser shall not see or cannot read, made of its bytes and without any state (RFC 3261 sections 8.2.6
 * and 8.2.7); 505 where it is of another version of SIP.
 */
final class BadRequest {
    private static final int MAX_LINES = MessageGuard.MAX_HEADERS;
    private static final String BLANK_LINE = "\r\n\r\n";
    private static final byte[] OF_THE_STACK =
            ("SIP/2.0 400 Bad Request (" + GuardedParser.WORD + ")\r\n").getBytes(StandardCharsets.US_ASCII);
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
        boolean ours = !StartLine.isOfAnotherVersion(lines.getFirst());
        StringBuilder out =
                new StringBuilder(ours ? "SIP/2.0 400 Bad Request\r\n" : "SIP/2.0 505 Version Not Supported\r\n");
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

    /** Whether this is the stack's word on a datagram that its parser could not read. */
    static boolean isOfTheStack(byte[] buf, int off, int len) {
        return len >= OF_THE_STACK.length
                && Arrays.equals(buf, off, off + OF_THE_STACK.length, OF_THE_STACK, 0, OF_THE_STACK.length);
    }

    /**
     * The same refusal as ours: the stack's has a head that ends before its Content-Length, and gives back all of the request, twice as
     * much as came.
     */
    static Optional<byte[]> insteadOf(byte[] buf, int off, int len) {
        String text = new String(buf, off, len, StandardCharsets.ISO_8859_1);
        String[] parts = text.split(BLANK_LINE, 3); // its head, its Content-Length, the request
        return parts.length == 3 ? to(parts[2].getBytes(StandardCharsets.ISO_8859_1)) : Optional.empty();
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
