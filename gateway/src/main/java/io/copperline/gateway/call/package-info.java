/**
 * A call: its state machine and its two legs. All state of a call belongs to its shard; the faces in {@code web} reach it
 * through {@link io.copperline.gateway.call.Calls} and hear of it as {@link io.copperline.gateway.call.CallEvent}s.
 *
 * <pre>
 *  browser leg -- Call --- Ear, of the trunk leg that is the call's now
 *                  |------ MediaNews: what its audio tells
 *                  |------ Holds: which side holds the other
 *                  `------ Moves: to another phone, one at a time
 *                            Handover, Replacement: a NextLeg beside the old one, whose place it takes when it is answered
 *                            PageTransfer: our REFER, after which the call ends
 *  caller's leg -- InboundCall --- RingGroup: whose tabs ring
 *                       `--------- Forwarding: the leg to a number, by a ForwardPlan of Forwards
 *  IncomingDesk: which of these, by the inbound rule or its web service
 *  Onwards: where the carrier may send a call of this user, by its REFER or by a 3xx
 * </pre>
 */
package io.copperline.gateway.call;
