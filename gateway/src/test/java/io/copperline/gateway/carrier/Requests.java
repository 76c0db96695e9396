package io.copperline.gateway.carrier;

import io.copperline.gateway.carrier.WireReader.Reading;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Requests as a gateway with good manners sends them, to be spoiled by tests. */
final class Requests {
    static final String OFFER = """
            v=0
            o=- 1 1 IN IP4 127.0.0.1
            s=-
            c=IN IP4 127.0.0.1
            t=0 0
            m=audio 30000 RTP/AVP 0 8 101
            a=rtpmap:0 PCMU/8000
            a=rtpmap:8 PCMA/8000
            a=rtpmap:101 telephone-event/8000
            """.replace("\n", "\r\n");

    private final String method;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String uri = "sip:+12025550100@carrier.test";
    private String body = "";

    private Requests(String method, int sequence) {
        this.method = method;
        headers.put("Via", "SIP/2.0/UDP 127.0.0.1:5060;rport;branch=z9hG4bK" + method + sequence);
        headers.put("Max-Forwards", "70");
        headers.put("From", "\"Alice\" <sip:+12025550150@gateway.test>;tag=a");
        headers.put("To", "<" + uri + ">");
        headers.put("Call-ID", "one");
        headers.put("CSeq", sequence + " " + method);
        headers.put("Contact", "<sip:gateway@127.0.0.1:5060>");
    }

    static Requests of(String method, int sequence) {
        return new Requests(method, sequence);
    }

    static Requests invite() {
        return of("INVITE", 1).with("Content-Type", "application/sdp").body(OFFER);
    }

    Requests with(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Requests without(String name) {
        headers.remove(name);
        return this;
    }

    Requests to(String uri) {
        this.uri = uri;
        return this;
    }

    Requests body(String text) {
        body = text;
        return this;
    }

    @Override
    public String toString() {
        String lines = headers.entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
                .collect(Collectors.joining());
        String length = headers.containsKey("Content-Length")
                ? ""
                : "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n";
        return method + " " + uri + " SIP/2.0\r\n" + lines + length + "\r\n" + body;
    }

    byte[] bytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    WireMessage message() {
        return ((Reading.Request) WireReader.read(bytes())).message();
    }
}
