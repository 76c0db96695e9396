package io.copperline.sip.wire;

/**
 * A request.
 *
 * @param method such as {@code INVITE}
 * @param uri the Request-URI
 * @param headers without Content-Length, which the wire writes
 * @param body UTF-8 text, empty for none
 */
public record Request(String method, String uri, Headers headers, String body) implements Message {

    /** Whether this is a request of that method. */
    public boolean is(String otherMethod) {
        return method.equals(otherMethod);
    }

    /** This request with more headers. */
    public Request with(String name, String value) {
        return new Request(method, uri, headers.with(name, value), body);
    }
}
