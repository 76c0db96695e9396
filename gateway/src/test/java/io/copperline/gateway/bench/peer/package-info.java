/**
 * The benchmark of the WebRTC library, {@code scripts/bench --peer}: what its parts cost by themselves, in memory, without sockets.
 * A figure has a yardstick of the same run beside it where there is one. Not a test; {@code docs/benchmark.md} says what the
 * figures mean.
 *
 * <pre>
 * PeerBench -> Handshakes ....... two DtlsTransports, beside the four operations on curves by the Java runtime's own code
 *           -> BindingRequests .. an IceAgent, beside the two HMACs
 *           -> IdlePeers ........ PeerConnections that are connected and silent
 *           -> ChannelTransfer .. two SctpTransports, beside usrsctp (UsrsctpProgram)
 * </pre>
 */
package io.copperline.gateway.bench.peer;
