package io.copperline.sip;

import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Headers that pass between a trunk and the web app, by name. Whatever else an INVITE has stays on the trunk.
 *
 * @param in what of a call that comes in is shown
 * @param out what a call that goes out may carry
 */
public record PassedHeaders(List<String> in, List<String> out) {
    public static final PassedHeaders NONE = new PassedHeaders(List.of(), List.of());

    /** Longer values do not pass. */
    public static final int MAX_VALUE_CHARS = 512;

    /** A call carries no more of them. */
    public static final int MAX_HEADERS = 16;

    /** RFC 3261 section 25.1, token; a single letter is the short form of one of SIP's own. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.!%*_+`'~-]{2,64}");

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /** What is the protocol's to say, or ours: how messages travel, whose they are, what they are part of. */
    private static final Set<String> RESERVED = Set.of(
            ("accept accept-contact accept-encoding accept-language accept-resource-priority alert-info allow allow-events"
                            + " answer-mode authentication-info authorization call-id call-info contact content-disposition"
                            + " content-encoding content-language content-length content-type cseq date diversion encryption"
                            + " error-info event expires feature-caps flow-timer from geolocation geolocation-routing hide"
                            + " history-info identity identity-info in-reply-to join max-breadth max-forwards mime-version"
                            + " min-expires min-se p-access-network-info p-asserted-identity p-asserted-service"
                            + " p-called-party-id p-charging-function-addresses p-early-media p-preferred-identity"
                            + " p-preferred-service p-profile-key p-served-user p-user-database p-visited-network-id path"
                            + " permission-missing policy-contact policy-id priv-answer-mode privacy proxy-authenticate"
                            + " proxy-authentication-info proxy-authorization proxy-require rack reason record-route"
                            + " recv-info refer-sub refer-to referred-by reject-contact relayed-charge remote-party-id"
                            + " replaces reply-to request-disposition require resource-priority response-key retry-after"
                            + " route rseq security-client security-server security-verify server service-route"
                            + " session-expires session-id sip-etag sip-if-match supported suppress-if-match target-dialog"
                            + " timestamp to trigger-consent unsupported user-agent via warning www-authenticate")
                    .split(" "));

    public PassedHeaders {
        in = List.copyOf(in);
        out = List.copyOf(out);
    }

    /** Whether this can be the name of a header that passes: a name at all, and none of SIP's own. */
    public static boolean mayPass(String name) {
        return NAME.matcher(name).matches() && !RESERVED.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Whether a value can pass: one line, not empty, not too long. */
    public static boolean isValue(String value) {
        return !value.isBlank()
                && value.length() <= MAX_VALUE_CHARS
                && !CONTROL.matcher(value).find();
    }

    /** Whether a call that goes out may carry this header. */
    public boolean passesOut(String name) {
        return out.stream().anyMatch(name::equalsIgnoreCase);
    }

    /** What of these a call may carry. */
    List<Header> outgoing(Map<String, String> wanted) {
        List<Header> headers = new ArrayList<>();
        wanted.forEach((name, value) -> {
            if (passesOut(name) && mayPass(name) && isValue(value) && headers.size() < MAX_HEADERS) {
                headers.add(new Header(name, value));
            }
        });
        return headers;
    }

    /** What of an INVITE is shown, by the names of the setting; several values of one name behind commas. */
    Map<String, String> incoming(Request invite) {
        Map<String, String> shown = new LinkedHashMap<>();
        for (String name : in) {
            String value = String.join(", ", invite.headers().all(name)).strip();
            if (isValue(value)) {
                shown.put(name, value);
            }
        }
        return shown;
    }
}
