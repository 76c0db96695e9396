package io.copperline.gateway.route;

import java.util.List;

/**
 * A number that brings help.
 *
 * @param number as it is dialled: it has no other form
 * @param trunks the trunks to try, best first; empty where the operator named none
 */
public record EmergencyCall(String number, List<String> trunks) {
    public EmergencyCall {
        trunks = List.copyOf(trunks);
    }
}
