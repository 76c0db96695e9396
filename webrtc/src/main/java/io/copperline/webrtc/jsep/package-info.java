/**
 * JSEP (RFC 8829) for one bundled audio section: reads the browser's description, and writes ours.
 *
 * <p>What browsers need to hear, and why, stands at each rule: Chromium's digits come out wrong when an answer with Opus
 * holds telephone-event at 8000 beside 48000; Firefox offers it at 8000 alone; and {@code maxplaybackrate} keeps a browser
 * from sending what a telephone trunk cannot carry.
 *
 * <p>Left out until they are needed: data channels, renegotiation and unbundled sections. Sections we cannot use are refused with port 0.
 */
package io.copperline.webrtc.jsep;
