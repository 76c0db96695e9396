package io.copperline.gateway.web;

import io.copperline.sip.PassedHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the query of a call says beside its numbers: {@code name=Alice&header=X-Customer:42&location=geo:1,2}. */
final class HeaderQuery {
    private static final int MAX_NAME_CHARS = 128;

    private HeaderQuery() {}

    /** Whether it is a place is for others to say: it must not stop an emergency call. */
    static Optional<String> location(RoutingContext context) {
        return context.queryParam("location").stream().findFirst();
    }

    static Optional<String> name(RoutingContext context) {
        List<String> values = context.queryParam("name");
        if (values.size() > 1 || values.stream().anyMatch(name -> name.isBlank() || name.length() > MAX_NAME_CHARS)) {
            throw new Refused(ProblemCode.BAD_REQUEST, "The query has one \"name\" at most, and it is short.");
        }
        return values.stream().findFirst();
    }

    static Map<String, String> headers(RoutingContext context) {
        List<String> values = context.queryParam("header");
        Map<String, String> headers = new LinkedHashMap<>();
        for (String value : values) {
            String[] parts = value.split(":", 2);
            boolean good = parts.length == 2 && !parts[0].isBlank() && !parts[1].isBlank();
            if (!good || headers.put(parts[0].strip(), parts[1].strip()) != null) {
                throw new Refused(
                        ProblemCode.BAD_REQUEST, "Each \"header\" of the query is a name, a colon and a value.");
            }
        }
        if (headers.size() > PassedHeaders.MAX_HEADERS) {
            throw new Refused(
                    ProblemCode.BAD_REQUEST, "The query has up to " + PassedHeaders.MAX_HEADERS + " headers.");
        }
        return headers;
    }
}
