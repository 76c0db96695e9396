/**
 * SDP (RFC 8866): a model that keeps what it reads, its reader and writer, and offer/answer for RTP audio on trunks
 * (RFC 3264), plain or encrypted with keys from the SDP (RFC 4568, RFC 7714, opportunistic by RFC 8643). The browser's
 * offer/answer is JSEP and lives in {@code webrtc}, on the same model.
 *
 * <p>{@code text -> SdpReader -> SdpSession(SdpMedia*) -> write()}
 *
 * <p>Keys never show themselves: {@code toString} of what holds one masks it, and only the written description has it.
 *
 * <p>Left out: {@code a=crypto} lines with an MKI or several keys, a key derivation rate, or parts left in clear are passed over.
 * Time zones, keys ({@code k=}), bandwidth and repeat times are read over and not kept, since no rule of ours
 * looks at them. Addresses must be literals: names in {@code c=} would need DNS, and carriers do not send them.
 */
package io.copperline.codecs.sdp;
