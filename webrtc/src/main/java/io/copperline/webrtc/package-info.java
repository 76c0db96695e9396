/**
 * A WebRTC peer that stands on its own, in the W3C's own nouns. It has no socket, thread or clock: datagrams and
 * {@code nowNanos} come in, and what must go out is handed to the {@code PeerSink} passed in.
 *
 * <p>{@code stun} reads and writes messages, {@code ice} chooses the path, {@code dtls} makes the keys, {@code jsep} agrees
 * on what is sent, {@code sctp} and {@code datachannel} carry messages; {@link io.copperline.webrtc.PeerConnection} puts them together.
 */
package io.copperline.webrtc;
