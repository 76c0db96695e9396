/**
 * A WebRTC peer that stands on its own, in the W3C's own nouns. It has no socket, thread or clock: datagrams and
 * {@code nowNanos} come in, and what must go out is handed to the {@code PeerSink} passed in.
 */
package io.copperline.webrtc;
