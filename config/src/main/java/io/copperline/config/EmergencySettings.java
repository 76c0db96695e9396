package io.copperline.config;

import java.util.List;

/**
 * How emergency calls go out.
 *
 * @param numbers those that count as emergency numbers beside the region's own, as they are dialled
 * @param trunks the trunks to try, best first; empty: there are no emergency calls
 */
public record EmergencySettings(List<String> numbers, List<String> trunks) {
    public static final EmergencySettings NONE = new EmergencySettings(List.of(), List.of());

    public EmergencySettings {
        numbers = List.copyOf(numbers);
        trunks = List.copyOf(trunks);
    }
}
