package io.copperline.gateway.carrier;

import io.copperline.config.CallingHabits;
import io.copperline.config.CallingHabits.Dialled;
import io.copperline.config.CallingHabits.Diversion;
import io.copperline.config.CallingHabits.From;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/** Writes the requests of one call of the carrier's own, and keeps what its dialog is known by (RFC 3261 section 12.1.2). */
final class OwnRequests {
    /** RFC 3261 sections 9.1 and 17.1.1.3: CANCEL and the ACK of a refusal have the branch of the INVITE. */
    private static final String INVITE_BRANCH = "INVITE";

    private final Self self;
    private final CallingHabits habits;
    private final CallOrder order;
    private final String account;
    private final String callId;
    private final String called;
    private final String inviteUri;
    private final String firstTo;
    private String target;
    private String to;
    private List<String> routes = List.of();
    private long sequence;
    private long inviteSequence;

    /**
     * @param contact whom the call goes to: a SIP URI
     * @param callId one that nobody guesses
     */
    OwnRequests(Self self, CallOrder order, String account, String contact, String callId) {
        this.self = self;
        this.habits = self.habits().calling();
        this.order = order;
        this.account = account;
        this.callId = callId;
        called = habits.write(order.number()).replace("#", "%23"); // RFC 3261 section 25.1
        inviteUri = habits.dialled() == Dialled.TO
                ? contact
                : contact.replaceFirst("^(sips?:)(?:[^@]*@)?", "$1" + Matcher.quoteReplacement(called) + "@");
        target = inviteUri;
        firstTo = "<sip:" + called + "@" + bracketed(WireMessage.host(contact)) + ">";
        to = firstTo;
    }

    String callId() {
        return callId;
    }

    String inviteUri() {
        return inviteUri;
    }

    /** The number in CSeq of the last request but ACK and CANCEL. */
    long sequence() {
        return sequence;
    }

    /** What a response says of the dialog. */
    void follow(WireMessage response) {
        if (response.inDialog()) {
            to = response.first("to");
        }
        String contact = response.first("contact");
        int start = contact.indexOf('<');
        int end = contact.indexOf('>', start);
        if (start >= 0 && end > start) {
            target = contact.substring(start + 1, end);
        }
        List<String> recorded = response.all("record-route")
                .flatMap(line -> Stream.of(line.split(",\\s*(?=<)")))
                .toList();
        routes = recorded.reversed();
    }

    /** The number in CSeq of the last INVITE. */
    long inviteSequence() {
        return inviteSequence;
    }

    /** @param credentials a whole header; empty for none */
    String invite(String sdp, Optional<String> credentials) {
        sequence++;
        inviteSequence = sequence;
        List<String> headers = new ArrayList<>(List.of(self.contact(), self.allow()));
        if (self.habits().extensions().contains("100rel")) {
            headers.add("Supported: 100rel");
        }
        habits.identity()
                .forEach(one -> headers.add(one.header() + ": " + named(order.name()) + "<sip:" + caller() + ">"));
        if (order.withheld()) {
            headers.add("Privacy: id"); // RFC 3323, RFC 3325 section 9.3
        }
        order.divertedBy().ifPresent(number -> headers.add(diverted("sip:" + habits.write(number) + "@" + host())));
        credentials.ifPresent(headers::add);
        to = firstTo;
        return head("INVITE", inviteUri, sequence, INVITE_BRANCH, to, headers) + body("application/sdp", sdp);
    }

    /** RFC 3261 section 17.1.1.3: of the same transaction, to the To of the response. */
    String refusedAck(WireMessage response) {
        return head("ACK", inviteUri, response.sequence(), INVITE_BRANCH, response.first("to"), List.of())
                + body("", "");
    }

    /** RFC 3261 section 13.2.2.4: a request of its own. */
    String ack() {
        return within("ACK", inviteSequence, List.of(), "", "");
    }

    /** RFC 3261 section 9.1. */
    String cancel() {
        return head("CANCEL", inviteUri, inviteSequence, INVITE_BRANCH, firstTo, List.of()) + body("", "");
    }

    String bye() {
        sequence++;
        return within("BYE", sequence, List.of(), "", "");
    }

    String info(char digit) {
        sequence++;
        String body = "Signal=" + digit + "\r\nDuration=" + Keypad.PRESS_MILLIS + "\r\n";
        return within("INFO", sequence, List.of(), "application/dtmf-relay", body);
    }

    /** RFC 3262 section 4. */
    String prack(WireMessage provisional) {
        sequence++;
        String acknowledged = "RAck: " + provisional.first("rseq") + " " + provisional.first("cseq");
        return within("PRACK", sequence, List.of(acknowledged), "", "");
    }

    private String within(String method, long number, List<String> more, String type, String body) {
        List<String> headers = new ArrayList<>(more);
        routes.forEach(route -> headers.add("Route: " + route));
        return head(method, target, number, method, to, headers) + body(type, body);
    }

    private static String body(String type, String body) {
        return (body.isEmpty() ? "" : "Content-Type: " + type + "\r\n") + "Content-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    private String head(String method, String uri, long number, String branchOf, String toValue, List<String> headers) {
        String branch = "z9hG4bK" + callId + branchOf + number;
        String transport = self.habits().transport().name();
        StringBuilder text = new StringBuilder(method + " " + uri + " SIP/2.0\r\n");
        text.append("Via: SIP/2.0/" + transport + " " + host() + ":" + self.at().getPort() + ";rport;branch=" + branch)
                .append("\r\nMax-Forwards: 70\r\nFrom: " + from() + ";tag=" + self.tag())
                .append("\r\nTo: " + toValue)
                .append("\r\nCall-ID: " + callId)
                .append("\r\nCSeq: " + number + " " + method + "\r\n");
        headers.forEach(header -> text.append(header).append("\r\n"));
        return text.toString();
    }

    private String from() {
        if (habits.from() == From.ACCOUNT) {
            return "<sip:" + account + "@" + host() + ">";
        }
        return order.withheld()
                ? "\"Anonymous\" <sip:anonymous@anonymous.invalid>" // RFC 3323 section 4.1.1.3
                : named(order.name()) + "<sip:" + caller() + ">";
    }

    private String caller() {
        return habits.write(order.caller()) + "@" + host();
    }

    private String diverted(String by) {
        return habits.diversion() == Diversion.DIVERSION
                ? "Diversion: <" + by + ">;reason=unconditional;counter=1;privacy=off"
                : "History-Info: <" + by + ">;index=1, <sip:" + called + "@" + host() + ";cause=302>;index=1.1;mp=1";
    }

    private String host() {
        return bracketed(self.host());
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    private static String named(String name) {
        return name.isEmpty() ? "" : "\"" + name + "\" ";
    }
}
