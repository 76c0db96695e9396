/**
 * ICE (RFC 8445) for one component: BUNDLE and rtcp-mux leave a call just one.
 *
 * <p>{@link io.copperline.webrtc.ice.LiteAgent} waits for the browser's checks (section 2.5): what a gateway with an
 * address of its own needs. {@link io.copperline.webrtc.ice.FullAgent} sends checks of its own, so that our peer can call
 * another lite one. Both follow the nominated pair whenever it moves, and take the silence of checks as the end of consent
 * (RFC 7675).
 *
 * <p>Over TCP (RFC 6544) we wait to be connected to: {@link io.copperline.webrtc.ice.FrameReader} cuts the stream into packets, and
 * an address over TCP is another {@link io.copperline.webrtc.ice.TransportAddress} than the same one over UDP. Left out: active and
 * simultaneous-open candidates, for a gateway is reached by browsers, which connect.
 *
 * <p>Left out until they are needed: server-reflexive and relayed local candidates.
 */
package io.copperline.webrtc.ice;
