package io.copperline.gateway.call;

import java.util.List;

/**
 * How a call goes on to whom its carrier names.
 *
 * @param ways best first, at least one
 * @param permits what it has taken of the limits, to be given back when the call is over
 */
record HandingOn(List<Way> ways, CallPermits permits) {
    HandingOn {
        ways = List.copyOf(ways);
    }
}
