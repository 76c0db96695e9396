package io.copperline.gateway.call;

import io.copperline.sip.Onward;

/**
 * One way to make a call.
 *
 * @param to the number in E.164, or what else the carrier has sent us to
 * @param onward who has sent us there, where it was not the user
 */
record Way(String trunk, String to, Onward onward) {}
