package io.copperline.config;

import io.copperline.sip.location.CallerLocation;
import java.util.List;
import java.util.Optional;

/**
 * How emergency calls go out.
 *
 * @param numbers those that count as emergency numbers beside the region's own, as they are dialled
 * @param trunks the trunks to try, best first; empty: there are no emergency calls
 * @param location where they come from unless the page says more
 */
public record EmergencySettings(List<String> numbers, List<String> trunks, Optional<CallerLocation> location) {
    public static final EmergencySettings NONE = new EmergencySettings(List.of(), List.of(), Optional.empty());

    public EmergencySettings {
        numbers = List.copyOf(numbers);
        trunks = List.copyOf(trunks);
    }
}
