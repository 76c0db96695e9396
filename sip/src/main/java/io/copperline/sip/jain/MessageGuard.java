package io.copperline.sip.jain;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at the bytes of a message before JAIN-SIP's parser does, and says what is wrong with them. JAIN's parser runs past the end
 * of a Via with an open comment until memory ends, and some of its header parsers are quadratic.
 */
final class MessageGuard {
    static final int MAX_HEADERS = 200;
    static final int MAX_LINE_BYTES = 8 * 1024;

    // What may stand only once, or the two readings of a message differ (RFC 3261 section 7.3.1), with compact forms
    // (7.3.3).
    private static final String[][] SINGLE = {
        {"call-id", "i"}, {"cseq"}, {"from", "f"}, {"to", "t"}, {"content-length", "l"}, {"max-forwards"}
    };

    private static final Set<String> ADDRESSES = Set.of("from", "f", "to", "t", "contact", "m");
    // Outside of quotes; RFC 3261 section 25.1 knows no blank between the brackets.
    private static final Pattern SPACED_ADDRESS =
            Pattern.compile("[^\"<]*+(\"(\\\\.|[^\"\\\\])*+\"[^\"<]*+)?<([ \t].*|[^>]*[ \t]>.*)");
    // RFC 3261 section 8.1.1.7: what follows the cookie tells transactions apart; with nothing they would be one.
    private static final Pattern EMPTY_BRANCH =
            Pattern.compile(";[ \t]*branch[ \t]*=[ \t]*z9hG4bK[ \t]*(;|,|$)", Pattern.CASE_INSENSITIVE);

    /** So many of these no request is without. */
    private static final int NEEDED = 4;

    private static final int HOPS = 5;

    /** RFC 3261 section 8.1.1.5: a number below 2**31, and the request's own method. */
    private static final Pattern CSEQ = Pattern.compile("0*+(\\d{0,10})[ \t]+(\\S+)");

    private final byte[] message;
    private final boolean whole;
    private final int[] seen = new int[SINGLE.length];
    private int headers;
    private boolean request;
    private String method = "";
    private boolean hasVia;
    private boolean inVia;
    private boolean inContentLength;
    private boolean inCSeq;
    private final StringBuilder cseq = new StringBuilder();
    private long contentLength = -1;
    private int headersEnd;
    private Optional<String> objection = Optional.empty();

    private MessageGuard(byte[] message, boolean whole) {
        this.message = message;
        this.whole = whole;
    }

    /**
     * What is wrong with this message.
     *
     * @param whole whether it is a datagram: its length can be compared with Content-Length, and the guard's word is not the end of a
     *     connection, so that it says too what the stack would answer to by itself and badly (another version, a wrong CSeq)
     */
    static Optional<String> objection(byte[] message, boolean whole) {
        return of(message, whole).objection();
    }

    /** Looks at a message; {@code whole} as above. */
    static MessageGuard of(byte[] message, boolean whole) {
        MessageGuard guard = new MessageGuard(message, whole);
        guard.objection = guard.look();
        return guard;
    }

    /** What is wrong with it. */
    Optional<String> objection() {
        return objection;
    }

    /** The bytes as JAIN-SIP's parser can take them, where nothing is wrong with them. */
    byte[] readable() {
        boolean bare = request && seen[HOPS] == 0 && headersEnd > 0;
        byte[] plain = Mending.withoutEscapedControls(message, headersEnd);
        return bare ? Mending.withMaxForwards(plain, after(lineEnd(start()))) : plain;
    }

    /** The last word of the first line: a request's SIP version, which JAIN-SIP's parser takes for 2.0 whatever it says. */
    static String lastWordOfFirstLine(byte[] message) {
        MessageGuard guard = new MessageGuard(message, /* whole= */ false);
        int start = guard.start();
        String line = guard.ascii(start, guard.lineEnd(start)).strip();
        return line.substring(line.lastIndexOf(' ') + 1);
    }

    private int start() {
        int at = 0;
        while (at < message.length && message[at] < 0x20 && message[at] >= 0) {
            at++; // JAIN skips these too
        }
        return at;
    }

    private Optional<String> look() {
        int at = start();
        boolean first = true;
        while (at < message.length) {
            int end = lineEnd(at);
            if (end - at > MAX_LINE_BYTES) {
                return Optional.of("line too long");
            }
            if (end == at || blank(at, end)) {
                headersEnd = at;
                return missing().or(() -> whole ? bodyObjection(after(end)) : Optional.empty());
            }
            Optional<String> objection = first ? startLine(ascii(at, end)) : header(at, end);
            if (objection.isPresent()) {
                return objection;
            }
            first = false;
            at = after(end);
        }
        return Optional.empty();
    }

    private Optional<String> startLine(String line) {
        request = !StartLine.isResponse(line);
        method = request ? line.split(" ", 2)[0] : "";
        boolean another = whole && StartLine.isOfAnotherVersion(line);
        return StartLine.objection(line).or(() -> another ? Optional.of("another version") : Optional.empty());
    }

    // RFC 3261 section 8.1.1; Max-Forwards alone may be missing, as in the days of RFC 2543. The stack would say
    // nothing.
    private Optional<String> missing() {
        if (request && !hasVia) {
            return Optional.of("no via");
        }
        for (int i = 0; request && i < NEEDED; i++) {
            if (seen[i] == 0) {
                return Optional.of("no " + SINGLE[i][0]);
            }
        }
        return request && whole ? cseqObjection() : Optional.empty();
    }

    private Optional<String> cseqObjection() {
        Matcher parts = CSEQ.matcher(cseq.toString().strip());
        if (!parts.matches() || Long.parseLong("0" + parts.group(1)) > Integer.MAX_VALUE) {
            return Optional.of("bad CSeq");
        }
        return parts.group(2).equals(method) ? Optional.empty() : Optional.of("CSeq of another method");
    }

    private Optional<String> header(int from, int to) {
        boolean folded = message[from] == ' ' || message[from] == '\t';
        if (!folded) {
            headers++;
            if (headers > MAX_HEADERS) {
                return Optional.of("too many headers");
            }
            int colon = indexOf(':', from, to);
            String name = colon < 0 ? "" : ascii(from, colon).strip().toLowerCase(java.util.Locale.ROOT);
            inVia = name.equals("via") || name.equals("v");
            inContentLength = name.equals("content-length") || name.equals("l");
            inCSeq = name.equals("cseq");
            if (inContentLength && !length(ascii(colon + 1, to).strip())) {
                return Optional.of("bad Content-Length");
            }
            if (repeated(name)) {
                return Optional.of("repeated " + name);
            }
            Optional<String> objection = value(name, ascii(Math.max(colon + 1, from), to));
            if (objection.isPresent()) {
                return objection;
            }
        } else if (inContentLength) {
            return Optional.of("folded Content-Length");
        }
        if (inCSeq) {
            cseq.append(ascii(folded ? from : indexOf(':', from, to) + 1, to));
        }
        boolean dangerous = inVia && (indexOf('(', from, to) >= 0 || indexOf('\\', from, to) >= 0);
        return dangerous ? Optional.of("comment in Via") : Optional.empty();
    }

    private Optional<String> value(String name, String value) {
        if (inVia) {
            boolean top = !hasVia;
            hasVia = true;
            return top && EMPTY_BRANCH.matcher(value).find() ? Optional.of("empty branch") : Optional.empty();
        }
        boolean address = ADDRESSES.contains(name);
        return address && SPACED_ADDRESS.matcher(value).matches()
                ? Optional.of("blanks in an address")
                : Optional.empty();
    }

    private boolean repeated(String name) {
        for (int i = 0; i < SINGLE.length; i++) {
            if (Arrays.asList(SINGLE[i]).contains(name)) {
                seen[i]++;
                return seen[i] > 1;
            }
        }
        return false;
    }

    private boolean length(String text) {
        if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        contentLength = Long.parseLong(text);
        return true;
    }

    // RFC 3261 section 18.3: a datagram that ends before its body does is an error; what follows the body is ignored.
    private Optional<String> bodyObjection(int bodyStart) {
        int present = Math.max(0, message.length - bodyStart);
        return contentLength > present ? Optional.of("body shorter than Content-Length") : Optional.empty();
    }

    private int lineEnd(int from) {
        int at = from;
        while (at < message.length && message[at] != '\r' && message[at] != '\n') {
            at++;
        }
        return at;
    }

    private int after(int end) {
        boolean pair = end + 1 < message.length && message[end] == '\r' && message[end + 1] == '\n';
        return end + (pair ? 2 : 1);
    }

    private boolean blank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (message[i] > 0x20 || message[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private int indexOf(char wanted, int from, int to) {
        for (int i = from; i < to; i++) {
            if (message[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private String ascii(int from, int to) {
        return new String(message, from, to - from, java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
