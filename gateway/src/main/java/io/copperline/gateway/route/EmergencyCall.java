package io.copperline.gateway.route;

import io.copperline.sip.location.CallerLocation;
import java.util.List;
import java.util.Optional;

/**
 * A number that brings help.
 *
 * @param number as it is dialled: it has no other form
 * @param trunks the trunks to try, best first; empty where the operator named none
 * @param location where calls come from unless the page says more
 */
public record EmergencyCall(String number, List<String> trunks, Optional<CallerLocation> location) {
    public EmergencyCall {
        trunks = List.copyOf(trunks);
    }
}
