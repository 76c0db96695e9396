/**
 * Audio: shards (threads), doors (sockets) and the two directions of a call.
 *
 * <pre>
 * BrowserDoor -> PeerConnection -> TowardsTrunk:   waiting room = tick => decode, encode, header, lock -> TrunkDoor
 * TrunkDoor   -> lock, Latch    -> TowardsBrowser: waiting room = tick => decode, encode, header, lock -> BrowserDoor
 * TrunkDoor   -> lock, Latch    -> BetweenTrunks:  the same, of a call from phone to phone  -> the other TrunkDoor
 * </pre>
 *
 * <p>A {@link io.copperline.gateway.media.Shard} is one Netty event loop with one UDP port for all its browsers, and on
 * the same number TCP connections of those whose network blocks UDP; every packet of a call arrives on the thread that owns it. Its
 * tick of 5 ms serves a quarter of its calls each time. Below the doors there are byte arrays only: one copy in, one copy out, nothing
 * of ours allocated per packet.
 *
 * <p>{@link io.copperline.gateway.media.CallMedia} is the port through which a call uses all this, so that a call can be
 * tested without sockets; {@link io.copperline.gateway.media.RelayMedia} is that of a call between two phones.
 */
package io.copperline.gateway.media;
