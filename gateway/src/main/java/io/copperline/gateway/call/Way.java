package io.copperline.gateway.call;

import io.copperline.sip.Onward;

/**
 * One way to make a call.
 *
 * @param to the number as it is written for the trunk, or what else the carrier has sent us to
 * @param shown the caller's number, likewise; empty where there is none
 * @param onward who has sent us there, where it was not the user
 */
record Way(String trunk, String to, String shown, Onward onward) {}
