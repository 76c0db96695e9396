package io.copperline.gateway.carrier;

import io.copperline.gateway.carrier.WireMessage.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the bytes of one message (RFC 3261 section 7). Whatever they are, they end in one of these readings. */
final class WireReader {
    /** What bytes turned out to be. */
    sealed interface Reading {
        record Request(WireMessage message) implements Reading {}

        /** @param message its method is the one in CSeq, and its uri is empty */
        record Response(int status, WireMessage message) implements Reading {}

        /**
         * Something that should have been a request.
         *
         * @param method as far as it is known
         */
        record Broken(String method, String expected, String got) implements Reading {}

        /** Empty lines, STUN, responses that cannot be read. */
        record Noise() implements Reading {}
    }

    private static final int LONGEST_LINE = 8192;
    private static final int MOST_LINES = 256;
    private static final Pattern START = Pattern.compile("([A-Z]{1,32}) (\\S{1,2048}) SIP/2\\.0");
    private static final Pattern RESPONSE = Pattern.compile("SIP/2\\.0 ([1-6][0-9]{2})(?: .{0,512})?");
    private static final Pattern LIKE_START = Pattern.compile("([A-Za-z]{1,32})\\s.{0,4096}SIP/[0-9].*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.!%*_+`'~-]{1,64}");
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0a-\\x1f\\x7f]");
    /** RFC 3261 section 7.3.3, and those of later RFCs. */
    private static final Map<String, String> COMPACT = Map.ofEntries(
            Map.entry("i", "call-id"),
            Map.entry("m", "contact"),
            Map.entry("e", "content-encoding"),
            Map.entry("l", "content-length"),
            Map.entry("c", "content-type"),
            Map.entry("f", "from"),
            Map.entry("r", "refer-to"),
            Map.entry("b", "referred-by"),
            Map.entry("s", "subject"),
            Map.entry("k", "supported"),
            Map.entry("t", "to"),
            Map.entry("v", "via"),
            Map.entry("x", "session-expires"),
            Map.entry("y", "identity"));

    private WireReader() {}

    static Reading read(byte[] bytes) {
        int end = endOfHead(bytes);
        String head = new String(bytes, 0, end < 0 ? bytes.length : end, StandardCharsets.UTF_8);
        String first = head.lines().findFirst().orElse("");
        Matcher response = RESPONSE.matcher(first);
        if (response.matches()) {
            return response(Integer.parseInt(response.group(1)), bytes, end, head);
        }
        Matcher start = START.matcher(first);
        if (!start.matches()) {
            Matcher like = LIKE_START.matcher(first);
            return like.matches()
                    ? new Reading.Broken(like.group(1), "a start line such as INVITE sip:... SIP/2.0", first)
                    : new Reading.Noise();
        }
        String method = start.group(1);
        if (end < 0) {
            return new Reading.Broken(method, "an empty line behind the headers", "none");
        }
        List<Field> fields = new ArrayList<>();
        Optional<Reading.Broken> broken = fields(method, head, fields);
        return broken.isPresent()
                ? broken.get()
                : new Reading.Request(message(method, start.group(2), fields, bytes, end + 4));
    }

    private static Reading response(int status, byte[] bytes, int end, String head) {
        List<Field> fields = new ArrayList<>();
        if (end < 0 || fields("", head, fields).isPresent()) {
            return new Reading.Noise();
        }
        String method = fields.stream()
                .filter(field -> field.name().equals("cseq"))
                .findFirst()
                .map(field -> field.value().replaceFirst("^\\S*\\s*", ""))
                .orElse("");
        return new Reading.Response(status, message(method, "", fields, bytes, end + 4));
    }

    private static WireMessage message(String method, String uri, List<Field> fields, byte[] bytes, int from) {
        String body = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
        return new WireMessage(method, uri, List.copyOf(fields), body, bytes.length - from);
    }

    /** Reads the header lines into {@code fields}; what is wrong with one of them. */
    private static Optional<Reading.Broken> fields(String method, String head, List<Field> fields) {
        // RFC 3261 section 7.3.1: a line that begins with white space goes on the one before.
        String[] lines = head.replaceAll("\r\n[ \t]+", " ").split("\r\n");
        if (lines.length > MOST_LINES) {
            return Optional.of(new Reading.Broken(method, "at most " + MOST_LINES + " headers", "" + lines.length));
        }
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            String name = lines[i].substring(0, Math.max(colon, 0)).strip();
            if (!NAME.matcher(name).matches()
                    || lines[i].length() > LONGEST_LINE
                    || CONTROL.matcher(lines[i]).find()) {
                return Optional.of(new Reading.Broken(method, "a header, Name: value", lines[i]));
            }
            add(fields, name.toLowerCase(Locale.ROOT), lines[i].substring(colon + 1));
        }
        return Optional.empty();
    }

    private static void add(List<Field> fields, String name, String value) {
        String full = COMPACT.getOrDefault(name, name);
        // RFC 3261 section 7.3.1: several on one line are the same as a line for each; here only Via needs it.
        for (String one : full.equals("via") ? value.split(",") : new String[] {value}) {
            fields.add(new Field(full, one.strip()));
        }
    }

    private static int endOfHead(byte[] bytes) {
        for (int i = 0; i + 3 < bytes.length; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
