/**
 * SDP (RFC 8866): a model that keeps what it reads, its reader and writer, and offer/answer for plain RTP audio on trunks
 * (RFC 3264). The browser's offer/answer is JSEP and lives in {@code webrtc}, on the same model.
 *
 * <p>{@code text -> SdpReader -> SdpSession(SdpMedia*) -> write()}
 *
 * <p>Left out: time zones, keys ({@code k=}), bandwidth and repeat times are read over and not kept, since no rule of ours
 * looks at them. Addresses must be literals: names in {@code c=} would need DNS, and carriers do not send them.
 */
package io.copperline.codecs.sdp;
