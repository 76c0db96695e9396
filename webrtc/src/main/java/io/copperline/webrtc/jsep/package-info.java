/**
 * JSEP (RFC 8829): reads the other side's descriptions, and writes ours, from the first offer to the last.
 *
 * <pre>
 * RemoteDescription --consider--> Proposal --answer, accept--> Negotiation (sections, numbers, version)
 *                                    `-- Agreement: RemoteTransport, NegotiatedMedia, NegotiatedData
 * </pre>
 *
 * <p>What browsers need to hear, and why, stands at each rule: Chromium's digits come out wrong when an answer with Opus
 * holds telephone-event at 8000 beside 48000; Firefox offers it at 8000 alone; and {@code maxplaybackrate} keeps a browser
 * from sending what a telephone trunk cannot carry. Our own offers name 48000 alone, so a Firefox that answers one has no digits.
 *
 * <p>Left out: a second transport for sections that are not bundled, which are refused with port 0, as are video and whatever else we
 * cannot use; provisional answers; mixing: one voice flows each way, see {@code Voice}.
 */
package io.copperline.webrtc.jsep;
