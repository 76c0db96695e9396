/**
 * ICE (RFC 8445) for one component: BUNDLE and rtcp-mux leave a call just one.
 *
 * <p>{@link io.copperline.webrtc.ice.LiteAgent} waits for the browser's checks (section 2.5): what a gateway with an
 * address of its own needs. {@link io.copperline.webrtc.ice.FullAgent} sends checks of its own, for a gateway behind a NAT, and so
 * that our peer can call a lite one; {@link io.copperline.webrtc.ice.ReflexiveGathering} asks STUN servers how the socket looks from
 * outside. Both agents follow the nominated pair whenever it moves, and take the silence of checks as the end of consent
 * (RFC 7675); where we are lite, the peer's media counts as well.
 *
 * <p>Over TCP (RFC 6544) we wait to be connected to: {@link io.copperline.webrtc.ice.FrameReader} cuts the stream into packets, and
 * an address over TCP is another {@link io.copperline.webrtc.ice.TransportAddress} than the same one over UDP. Left out: active and
 * simultaneous-open candidates, for a gateway is reached by browsers, which connect.
 *
 * <pre>
 * remote candidates, checks --> Checklist --(triggered, repeated, ordinary)--> check --answer--> Nomination --> selected --> Consent
 * </pre>
 *
 * <p>There is one socket for all, and the system chooses the address it sends from: so a pair is a remote address, our candidates of
 * one family count as one base, and peer-reflexive candidates of our own (RFC 8445 section 7.2.5.3.1) say nothing new. Left out: relayed
 * local candidates, for a gateway that needs a relay has browsers use theirs; and reflexive addresses that change within a call are told
 * at the next call alone, but the checks show them to the browser.
 */
package io.copperline.webrtc.ice;
