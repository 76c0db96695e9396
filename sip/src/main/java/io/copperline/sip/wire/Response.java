package io.copperline.sip.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A response.
 *
 * @param status 100 to 699
 * @param reason the reason phrase
 * @param headers without Content-Length, which the wire writes
 * @param body UTF-8 text, empty for none
 */
public record Response(int status, String reason, Headers headers, String body) implements Message {

    /**
     * The start of a response to this request: what RFC 3261 section 8.2.6.2 has copied.
     *
     * @param toTag our tag, where the request's To has none yet; empty for none (a 100)
     */
    public static Response to(Request request, int status, String toTag) {
        List<Header> headers = new ArrayList<>();
        for (Header header : request.headers().list()) {
            if (header.is("Via") || header.is("From") || header.is("Call-ID") || header.is("CSeq")) {
                headers.add(header);
            } else if (header.is("To")) {
                boolean tagged = toTag.isEmpty() || !request.toTag().isEmpty();
                headers.add(tagged ? header : new Header("To", header.value() + ";tag=" + toTag));
            } else if (header.is("Record-Route") && status < 300 && request.is("INVITE")) {
                headers.add(header); // RFC 3261 section 12.1.1
            }
        }
        return new Response(status, ReasonPhrase.of(status), new Headers(headers), "");
    }

    /** This response with one more header. */
    public Response with(String name, String value) {
        return new Response(status, reason, headers.with(name, value), body);
    }

    /** This response with these headers too. */
    public Response with(List<Header> more) {
        return new Response(status, reason, headers.with(more), body);
    }

    /** This response with a body. */
    public Response withBody(String contentType, String newBody) {
        return new Response(status, reason, headers.with("Content-Type", contentType), newBody);
    }

    /** How long the sender wants to be left alone (RFC 3261 section 20.33); comments and parameters do not matter. */
    public Optional<Duration> retryAfter() {
        return headers.first("Retry-After")
                .map(value -> value.strip().split("[ ;(]", 2)[0])
                .filter(digits -> digits.matches("[0-9]{1,9}"))
                .map(digits -> Duration.ofSeconds(Integer.parseInt(digits)));
    }

    public boolean isProvisional() {
        return status < 200;
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
