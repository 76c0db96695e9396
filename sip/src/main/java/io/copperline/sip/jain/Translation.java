package io.copperline.sip.jain;

import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.StringMsgParser;
import io.copperline.sip.SipTransport;
import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Headers;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.Source;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Between JAIN-SIP's messages and ours, in both directions. */
final class Translation {
    private Translation() {}

    static Request request(SIPRequest request) {
        return new Request(request.getMethod(), request.getRequestURI().toString(), headers(request), body(request));
    }

    static Response response(SIPResponse response) {
        String reason = response.getReasonPhrase() == null ? "" : response.getReasonPhrase();
        return new Response(response.getStatusCode(), reason, headers(response), body(response));
    }

    static SIPRequest toJain(Request request) throws ParseException {
        return (SIPRequest)
                parse(request.method() + " " + request.uri() + " SIP/2.0", request.headers(), request.body());
    }

    static SIPResponse toJain(Response response) throws ParseException {
        String line = "SIP/2.0 " + response.status() + " " + response.reason();
        return (SIPResponse) parse(line, response.headers(), response.body());
    }

    /** Where a message came from: the packet's source, not what its Via says. */
    static Source source(SIPMessage message, SipTransport transport) {
        InetAddress address = message.getPeerPacketSourceAddress();
        int port = message.getPeerPacketSourcePort();
        if (address == null) {
            address = message.getRemoteAddress();
            port = message.getRemotePort();
        }
        return new Source(new InetSocketAddress(address, Math.max(port, 0)), transport);
    }

    private static SIPMessage parse(String firstLine, Headers headers, String body) throws ParseException {
        StringBuilder text = new StringBuilder(firstLine).append("\r\n");
        for (Header header : headers.list()) {
            text.append(header.name()).append(": ").append(header.value()).append("\r\n");
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        text.append("Content-Length: ").append(bytes.length).append("\r\n\r\n").append(body);
        byte[] whole = text.toString().getBytes(StandardCharsets.UTF_8);
        return new StringMsgParser().parseSIPMessage(whole, true, false, (e, message, type, header, all) -> {
            throw e;
        });
    }

    private static Headers headers(SIPMessage message) {
        List<Header> headers = new ArrayList<>();
        for (Iterator<String> names = message.getHeaderNames(); names.hasNext(); ) {
            String name = names.next();
            if (name.equalsIgnoreCase("Content-Length")) {
                continue;
            }
            for (Iterator<?> values = message.getHeaders(name); values.hasNext(); ) {
                if (values.next() instanceof SIPHeader header) {
                    headers.add(new Header(header.getName(), header.getHeaderValue()));
                }
            }
        }
        return new Headers(headers);
    }

    private static String body(SIPMessage message) {
        byte[] content = message.getRawContent();
        return content == null ? "" : new String(content, StandardCharsets.UTF_8);
    }
}
