/**
 * DTLS 1.2 with use_srtp (RFC 6347, 5764) and ALPN (RFC 8833) by Bouncy Castle, which lives in this package alone.
 *
 * <p>{@code owner's thread -> RecordFilter -> DatagramQueue => handshake errand => DatagramQueue -> owner's thread -> sink}
 *
 * <p>Bouncy Castle blocks while it shakes hands, so a handshake is an errand on an executor of the caller's, and the queue
 * is where it meets the owner. Its waiting is measured in the owner's {@code nowNanos}, so simulated time works.
 *
 * <p>Left out: DTLS 1.3 (Bouncy Castle has none; browsers fall back), cookies (datagrams are taken from checked ICE pairs only) and resumption.
 */
package io.copperline.webrtc.dtls;
