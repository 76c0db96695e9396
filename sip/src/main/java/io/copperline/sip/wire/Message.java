package io.copperline.sip.wire;

import java.util.Locale;
import java.util.Optional;

/** What requests and responses have in common. The stack has checked that the mandatory headers are there. */
public sealed interface Message permits Request, Response {
    Headers headers();

    /** The body as UTF-8 text; empty where there is none. */
    String body();

    default String callId() {
        return headers().first("Call-ID").orElse("");
    }

    default String fromTag() {
        return tag("From");
    }

    /** The tag of To, or the empty string while there is none. */
    default String toTag() {
        return tag("To");
    }

    /** The CSeq number, or -1 where it makes no sense. */
    default long cseq() {
        String[] parts = headers().first("CSeq").orElse("").strip().split("\\s+", 2);
        try {
            long number = Long.parseLong(parts[0]);
            return number >= 0 && number < (1L << 31) ? number : -1; // RFC 3261 section 8.1.1.5
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** The method that CSeq names. */
    default String cseqMethod() {
        String[] parts = headers().first("CSeq").orElse("").strip().split("\\s+", 2);
        return parts.length == 2 ? parts[1] : "";
    }

    /** The body where it is of this type, such as {@code application/sdp}. */
    default Optional<String> body(String contentType) {
        String type = headers().first("Content-Type").orElse("");
        int end = type.indexOf(';');
        String bare = (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        if (body().isEmpty()) {
            return Optional.empty();
        }
        if (bare.equals(contentType)) {
            return Optional.of(body());
        }
        return bare.startsWith("multipart/") ? Multipart.part(type, body(), contentType) : Optional.empty();
    }

    /** Where the sender of this message wants to be reached in this dialog. */
    default Optional<SipUri> contact() {
        return headers().first("Contact").flatMap(NameAddress::parse).map(NameAddress::uri);
    }

    private String tag(String header) {
        return headers()
                .first(header)
                .flatMap(NameAddress::parse)
                .flatMap(address -> address.parameter("tag"))
                .orElse("");
    }
}
