package io.copperline.gateway.call;

import io.copperline.gateway.call.CallRefused.Code;
import io.copperline.sip.PassedHeaders;
import io.copperline.sip.TrunkSettings;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Whether a call may carry the headers that a web app gives it. */
final class OutgoingHeaders {
    private OutgoingHeaders() {}

    /** Each must be one that some trunk of the route passes: another trunk then leaves it out. */
    static void check(Map<String, String> headers, List<String> route, Function<String, TrunkSettings> trunks) {
        if (headers.size() > PassedHeaders.MAX_HEADERS) {
            throw new CallRefused(
                    Code.HEADER_NOT_ALLOWED, "A call carries up to " + PassedHeaders.MAX_HEADERS + " headers.");
        }
        headers.forEach((name, value) -> {
            if (route.stream().map(trunks).noneMatch(trunk -> trunk.headers().passesOut(name))) {
                throw new CallRefused(
                        Code.HEADER_NOT_ALLOWED,
                        "No trunk of this call passes that header. Add it to its headers-out.");
            }
            if (!PassedHeaders.isValue(value)) {
                throw new CallRefused(
                        Code.HEADER_NOT_ALLOWED,
                        "A header has one line of up to " + PassedHeaders.MAX_VALUE_CHARS + " characters.");
            }
        });
    }
}
