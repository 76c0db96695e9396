/**
 * The benchmark, {@code scripts/bench}: a client that holds simulated browsers and a carrier against the gateway process, and
 * the floor it is measured against. Not a test; {@code docs/benchmark.md} says what the figures mean.
 *
 * <pre>
 * Bench -> GatewayProcess (its own JVM) ...... GatewayMeter: CPU, memory, drops
 *       -> CallPlacer -- POST /v1/calls --> gateway -- INVITE --> Carrier
 *       -> MediaPump: one thread; BrowserEnd (ICE, DTLS, SRTP, Opus) and TrunkEnd (PCMU) of every BenchCall
 *       -> Floor: libopus, SRTP and socket calls alone, for the same stream
 *       -> Profile: where the gateway's processor time and memory go
 * </pre>
 */
package io.copperline.gateway.bench;
