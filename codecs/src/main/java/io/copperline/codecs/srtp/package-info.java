/**
 * SRTP and SRTCP (RFC 3711; AES-GCM by RFC 7714), in place: packets carry headroom and tailroom, nothing is copied and
 * nothing of ours is allocated per packet.
 *
 * <p>{@code master key -> KeyDerivation -> session keys -> Transform (CM or GCM) <- SrtpSender, SrtpReceiver (per SSRC: roll-over, ReplayWindow)}
 *
 * <p>Order in the receiver is law: replay check, authenticate, replay commit; no state is made before a packet has
 * authenticated.
 *
 * <p>Keys come from DTLS on the browser leg and from {@code a=crypto} on trunks. The 32-bit tag is spoken on trunks only, where old
 * devices have nothing else.
 *
 * <p>Left out: MKI (DTLS-SRTP as browsers do it has none, and a trunk's {@code a=crypto} line with one is passed over), key
 * derivation rates other than 0 and the F8 mode (nobody uses them).
 */
package io.copperline.codecs.srtp;
