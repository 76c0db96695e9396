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
 * from sending what a telephone trunk cannot carry. Our own offers name both.
 *
 * <p>Audio has one transport. Data channels share it, or have one of their own where the other side does not bundle them. Sections
 * that we cannot use are refused with port 0: video, audio outside the bundle, and whatever else there is.
 *
 * <p>Left out: provisional answers; mixing: one voice flows each way, see {@code Voice}.
 */
package io.copperline.webrtc.jsep;
