package io.copperline.gateway.call;

import io.copperline.sip.Emergency;
import java.util.List;
import java.util.Optional;

/**
 * How a call goes out.
 *
 * @param trunks the trunks to try, best first; never empty
 * @param dialled the called number as it is written for them
 * @param shown the caller's number, likewise; empty where there is none
 * @param help what it is where it is for help: dialled as it is, past all limits, and on by the next trunk whatever one says
 */
record Course(List<String> trunks, String dialled, String shown, Optional<Emergency> help) {
    Course {
        trunks = List.copyOf(trunks);
    }

    boolean emergency() {
        return help.isPresent();
    }
}
