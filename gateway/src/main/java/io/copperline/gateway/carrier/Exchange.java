package io.copperline.gateway.carrier;

import java.util.List;

/** One request and the way to answer it. */
final class Exchange {
    private final WireMessage request;
    private final Reply reply;
    private final Self self;
    private final Transactions answered;
    private final Complaints complaints;

    Exchange(WireMessage request, Reply reply, Self self, Transactions answered, Complaints complaints) {
        this.request = request;
        this.reply = reply;
        this.self = self;
        this.answered = answered;
        this.complaints = complaints;
    }

    WireMessage request() {
        return request;
    }

    /** The way back. */
    Reply reply() {
        return reply;
    }

    void ring() {
        reply.send(response(180, List.of(self.contact()), ""));
    }

    /** A reliable provisional response, not sent yet (RFC 3262 section 3). */
    String reliable(int status, int sequence, String sdp) {
        return response(status, List.of(self.contact(), self.allow(), "Require: 100rel", "RSeq: " + sequence), sdp);
    }

    void answer(int status, String... headers) {
        answer(status, List.of(headers), "");
    }

    /** The final answer. */
    void answer(int status, List<String> headers, String sdp) {
        String response = response(status, headers, sdp);
        answered.remember(request.transaction(request.method()), response);
        reply.send(response);
    }

    /** Sends the final answer once more. */
    void repeat() {
        answered.answer(request.transaction(request.method())).ifPresent(reply::send);
    }

    /** Complains, and refuses with the complaint's status, unless that is 0. */
    void refuse(Violation violation) {
        complaints.add(violation);
        switch (violation.status()) {
            case 0 -> {}
            case 405 -> answer(405, self.allow()); // RFC 3261 section 21.4.6
            case 420 -> answer(420, "Unsupported: " + violation.got()); // RFC 3261 section 8.2.2.3
            case 421 -> answer(421, "Require: 100rel"); // RFC 3261 section 21.4.16
            default -> answer(violation.status());
        }
    }

    private String response(int status, List<String> headers, String sdp) {
        return Responses.to(request, reply.peer(), status, self.tag(), headers, sdp);
    }
}
