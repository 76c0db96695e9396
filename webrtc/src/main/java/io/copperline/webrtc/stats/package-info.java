/**
 * Statistics in the vocabulary of the W3C's webrtc-stats: the same types, names and units (seconds, bytes, milliseconds since
 * 1970) as in a browser, so that both ends of a call can be read side by side.
 *
 * <pre>
 *  peer's own counts ----> codec, inbound-rtp, outbound-rtp
 *  the other's reports --> remote-inbound-rtp (how ours arrives), remote-outbound-rtp (what it has sent)
 *  data channels --------> peer-connection, data-channel
 *  path and handshake ---> transport, candidate-pair, local-candidate, remote-candidate, certificate
 * </pre>
 *
 * <p>Only what is really measured has a member: jitter buffers and codecs belong to the peer's owner, and their figures are
 * not here. {@code remote-outbound-rtp} has no round trip, which would need RTCP XR (RFC 3611 section 4.5). There is no
 * {@code media-source} and no {@code media-playout}: a peer has neither microphone nor loudspeaker.
 */
package io.copperline.webrtc.stats;
