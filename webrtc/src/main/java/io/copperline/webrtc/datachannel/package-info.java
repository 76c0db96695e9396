/**
 * Data channels (RFC 8831) in the W3C's own nouns: an {@code SctpTransport} with its {@code DataChannel}s over one association of
 * {@code io.copperline.webrtc.sctp}.
 *
 * <p>{@code DataChannel.send -> SctpTransport -> Association -> sink.transmit}, and back: {@code onPacket -> Association -> Dcep,
 * or the channel of that stream -> sink.event}.
 *
 * <p>A channel is a pair of streams with one number. It is opened in-band by DATA_CHANNEL_OPEN (RFC 8832), or negotiated by
 * both pages out of band; it ends when both streams are reset (RFC 8831 section 6.7), and its number is free again.
 *
 * <p>Left out: priorities (read and not acted on), the obsolete PPIDs 52 and 54 that cut a message in pieces (dropped and counted), and
 * channels set up by SDP attributes (RFC 8864).
 */
package io.copperline.webrtc.datachannel;
