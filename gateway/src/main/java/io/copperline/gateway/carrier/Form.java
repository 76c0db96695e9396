package io.copperline.gateway.carrier;

import java.util.ArrayList;
import java.util.List;

/** What RFC 3261 section 8.1.1 wants of every request, whatever the habits. */
final class Form {
    private static final int BAD_REQUEST = 400;
    private static final List<String> ONCE = List.of("From", "To", "Call-ID", "CSeq", "Max-Forwards");

    private final WireMessage request;
    private final List<Violation> found = new ArrayList<>();

    private Form(WireMessage request) {
        this.request = request;
    }

    /**
     * What is wrong with it.
     *
     * @param stream whether it came on a connection
     */
    static List<Violation> check(WireMessage request, boolean stream) {
        Form form = new Form(request);
        form.headers();
        form.length(stream);
        return form.found;
    }

    private void headers() {
        for (String name : ONCE) {
            long times = request.all(name).count();
            if (times != 1) {
                complain(name + " once", times + " of it");
            }
        }
        if (request.sequence() < 0 || !request.first("cseq").endsWith(" " + request.method())) {
            complain("CSeq with a number and the method", request.first("cseq"));
        }
        if (WireMessage.parameter(request.first("from"), "tag").isEmpty()) {
            complain("a tag in From", request.first("from"));
        }
        if (!WireMessage.parameter(request.first("via"), "branch").startsWith("z9hG4bK")) {
            complain("a branch that begins with z9hG4bK", request.first("via"));
        }
    }

    private void length(boolean stream) {
        String length = request.first("content-length");
        // RFC 3261 section 20.14: needed on a stream, and good everywhere
        if (!length.equals("" + request.bodyBytes()) && (stream || !length.isEmpty())) {
            complain("Content-Length " + request.bodyBytes(), length);
        }
    }

    private void complain(String expected, String got) {
        int status = request.method().equals("ACK") ? 0 : BAD_REQUEST; // RFC 3261 section 17: nothing answers an ACK
        found.add(new Violation(request.method(), "form", expected, got, status));
    }
}
