/**
 * Bytes to meaning and back: audio, RTP, SRTP, telephone events and SDP. Nothing here does I/O, owns a thread or reads a
 * clock: bytes and {@code nowNanos} come in, results go to the sink or buffer that was passed in.
 */
package io.copperline.codecs;
