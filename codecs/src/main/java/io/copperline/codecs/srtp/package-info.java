/**
 * SRTP and SRTCP (RFC 3711; AES-GCM by RFC 7714), in place: packets carry headroom and tailroom, nothing is copied and
 * nothing of ours is allocated per packet.
 *
 * <p>{@code master key -> KeyDerivation -> session keys -> Transform (CM or GCM) <- SrtpSender, SrtpReceiver (per SSRC: roll-over, ReplayWindow)}
 *
 * <p>Order in the receiver is law: replay check, authenticate, replay commit; no state is made before a packet has
 * authenticated.
 *
 * <p>Left out: MKI (DTLS-SRTP as browsers do it has none), key derivation rates other than 0 and the F8 mode (nobody uses
 * them), and the 32-bit tag (Chromium no longer offers it).
 */
package io.copperline.codecs.srtp;
