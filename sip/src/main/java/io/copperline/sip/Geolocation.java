package io.copperline.sip;

import io.copperline.sip.location.CallerLocation;
import io.copperline.sip.location.CivicAddress;
import io.copperline.sip.location.GeoUri;
import io.copperline.sip.location.LocationUri;
import io.copperline.sip.location.PidfLo;
import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Request;
import java.time.Instant;
import java.util.List;

/** Where the caller is, put into an INVITE (RFC 6442): by reference in a header, by value beside the SDP. */
final class Geolocation {
    private static final String NEW_LINE = "\r\n";

    private Geolocation() {}

    /**
     * The INVITE with it.
     *
     * @param invite with SDP as its body, and without Content-Type
     * @param name of ours, by which the header names the part of the body; unguessable, so that it stands nowhere else
     * @param entity the caller's URI
     * @param since when it was known
     */
    static Request in(Request invite, CallerLocation location, String name, String host, String entity, Instant since) {
        return switch (location) {
            case LocationUri reference ->
                invite.with("Geolocation", "<" + reference.uri() + ">")
                        .with("Geolocation-Routing", "yes")
                        .with("Content-Type", "application/sdp");
            case GeoUri place -> beside(invite, PidfLo.of(place, entity, since), name, host);
            case CivicAddress address -> beside(invite, PidfLo.of(address, entity, since), name, host);
        };
    }

    private static Request beside(Request invite, String document, String name, String host) {
        String content = name + "@" + OwnName.bracketed(host);
        List<Header> headers = List.of(
                new Header("Geolocation", "<cid:" + content + ">"),
                new Header("Geolocation-Routing", "yes"), // RFC 6442 section 4.2: proxies may find the centre by it
                new Header("MIME-Version", "1.0"),
                new Header("Content-Type", "multipart/mixed;boundary=" + name));
        String body = "--" + name + NEW_LINE + "Content-Type: application/sdp" + NEW_LINE + NEW_LINE + invite.body()
                + NEW_LINE + "--" + name + NEW_LINE
                + "Content-Type: " + PidfLo.MEDIA_TYPE + NEW_LINE
                + "Content-ID: <" + content + ">" + NEW_LINE
                // RFC 5621 section 6: whoever cannot read it takes the call without it.
                + "Content-Disposition: by-reference;handling=optional" + NEW_LINE + NEW_LINE
                + document + NEW_LINE + "--" + name + "--" + NEW_LINE;
        return new Request(invite.method(), invite.uri(), invite.headers().with(headers), body);
    }
}
