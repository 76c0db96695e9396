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
 * @param verstat whether the caller is who he says, such as {@code TN-Validation-Passed-A}; empty: nobody has looked
 */
public record CallDetails(
        Optional<String> name, Optional<Diversion> diversion, Map<String, String> headers, String verstat) {
    public static final CallDetails NONE = new CallDetails(Optional.empty(), Optional.empty(), Map.of(), "");

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
