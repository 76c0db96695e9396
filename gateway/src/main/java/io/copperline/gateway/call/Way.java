package io.copperline.gateway.call;

import io.copperline.gateway.route.RouteMatch;
import io.copperline.sip.Onward;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One way to make a call.
 *
 * @param to the number as it is written for the trunk, or what else the carrier has sent us to
 * @param shown the caller's number, likewise; empty where there is none
 * @param onward who has sent us there, where it was not the user
 */
record Way(String trunk, String to, String shown, Onward onward) {
    /** The ways by which a rule lets a call go, in the order in which this one tries them. */
    static List<Way> by(RouteMatch match, Onward onward, TrunkLines trunks, RandomGenerator random) {
        return trunks.usableFirst(match.draw(random)).stream()
                .map(trunk -> new Way(trunk, match.dialled(), match.shown(), onward))
                .toList();
    }
}
