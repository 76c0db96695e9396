package io.copperline.gateway.call;

import io.copperline.sip.Diversion;
import java.util.Map;
import java.util.Optional;

/**
 * What a call tells beside its numbers.
 *
 * @param name the caller's name
 * @param diversion who has forwarded the call, its number in E.164 where it could be normalised
 * @param headers those that the trunk passes between it and the web app, by name
 */
public record CallDetails(Optional<String> name, Optional<Diversion> diversion, Map<String, String> headers) {
    public static final CallDetails NONE = new CallDetails(Optional.empty(), Optional.empty(), Map.of());

    public CallDetails {
        headers = Map.copyOf(headers);
    }

    /** Redacted: it passes through logs. */
    @Override
    public String toString() {
        return "CallDetails[" + headers.size() + " headers"
                + diversion.map(who -> ", " + who).orElse("") + "]";
    }
}
