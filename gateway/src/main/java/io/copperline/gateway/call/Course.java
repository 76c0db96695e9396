package io.copperline.gateway.call;

import java.util.List;

/**
 * How a call goes out.
 *
 * @param trunks the trunks to try, best first; never empty
 * @param dialled the called number as it is written for them
 * @param shown the caller's number, likewise; empty where there is none
 * @param emergency whether it is for help: dialled as it is, past all limits, and on by the next trunk whatever one says
 */
record Course(List<String> trunks, String dialled, String shown, boolean emergency) {
    Course {
        trunks = List.copyOf(trunks);
    }
}
