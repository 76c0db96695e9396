/**
 * The benchmark of trunks, {@code scripts/bench --trunk}: what SIP costs. Whatever is measured is a process of its own on one
 * processor; whoever calls it, or is registered at, is on another one. Not a test; {@code docs/benchmark.md} says what the
 * figures mean.
 *
 * <pre>
 * TrunkBench -> OneCoreCalls ... whole gateway calls, with sound
 *            -> SippCalls ...... sipp calls: our endpoint (Answering), and sipp's own as the floor
 *            -> IdleLegs ....... sipp holds calls that our endpoint has answered
 *            -> Registers ...... our endpoint's accounts (Registering) at a ScriptedRegistrar, and sipp's as the floor
 * </pre>
 */
package io.copperline.gateway.bench.trunk;
