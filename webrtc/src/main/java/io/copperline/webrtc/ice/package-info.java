/**
 * ICE (RFC 8445) for one component: BUNDLE and rtcp-mux leave a call just one.
 *
 * <p>{@link io.copperline.webrtc.ice.LiteAgent} waits for the browser's checks (section 2.5): what a gateway with an
 * address of its own needs. {@link io.copperline.webrtc.ice.FullAgent} sends checks of its own, so that our peer can call
 * another lite one. Both follow the nominated pair whenever it moves, and take the silence of checks as the end of consent
 * (RFC 7675).
 *
 * <p>Left out until they are needed: ICE-TCP, server-reflexive and relayed local candidates, and restart.
 */
package io.copperline.webrtc.ice;
