package io.copperline.sip.wire;

import java.nio.charset.StandardCharsets;

/**
 * A request.
 *
 * @param method such as {@code INVITE}
 * @param uri the Request-URI
 * @param headers without Content-Length, which the wire writes
 * @param body UTF-8 text, empty for none
 */
public record Request(String method, String uri, Headers headers, String body) implements Message {
    /** The rest of the first line, Content-Length, the empty line, and the branch of the Via. */
    private static final int ADDED = 12 + 24 + 2 + 60;

    /** Whether this is a request of that method. */
    public boolean is(String otherMethod) {
        return method.equals(otherMethod);
    }

    /** About how long it is when it is written, in bytes: with Content-Length and the branch that the wire adds. */
    public int lengthBytes() {
        int length = method.length() + utf8(uri) + ADDED;
        for (Header header : headers.list()) {
            length += header.name().length() + utf8(header.value()) + 4; // ": " and the end of the line
        }
        return length + utf8(body);
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** This request with more headers. */
    public Request with(String name, String value) {
        return new Request(method, uri, headers.with(name, value), body);
    }
}
