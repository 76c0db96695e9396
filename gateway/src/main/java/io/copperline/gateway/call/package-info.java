/**
 * A call: its state machine and its two legs. All state of a call belongs to its shard; the faces in {@code web} reach it
 * through {@link io.copperline.gateway.call.Calls} and hear of it as {@link io.copperline.gateway.call.CallEvent}s.
 */
package io.copperline.gateway.call;
