/**
 * Integration tests: the distribution as a process of its own, a real Chromium with a microphone that plays speech, Firefox,
 * GStreamer, sipp, baresip, the built-in lab carrier, and a scripted far end that sees every packet of the trunk.
 *
 * <pre>
 *   Chrome: Tab ---HTTP, WebSocket, WebRTC--- GatewayProcess ---SIP, RTP--- lab carrier   +1 202 555 01xx, within the process
 *                                                     |-------------------- FarEnd        +1 303 555 ...., FarCall, TrunkWire
 *                                                     `-------------------- Sipp          +1 404 555 ...., scenario files
 *   HttpCall, PhoneSocket: LibraryPeer ---HTTP, WebSocket, WebRTC--- GatewayProcess ---SIP--- Sipp, each Carrier at 127.0.0.x
 *                                                                          `-----------RTP--- TrunkWire
 *
 *   Namespace, a network of its own:              this machine
 *     Firefox: FirefoxTab ---HTTP, WebSocket--- Tunnel --- GatewayProcess (on loopback)
 *     GStreamer -----------------------WebRTC------------- its media port (on the cable between the two)
 *     Firefox --------------WebDriver BiDi----- Tunnel --- BiDi
 * </pre>
 *
 * <p>{@link io.copperline.gateway.it.Stage} sets up what is asked for, once a class, and looks after each test whether
 * everything is given back: the ledger, the threads, and a log without a stack trace. Sound is proved by {@link
 * io.copperline.gateway.it.Correlation}: what was played is found in what was heard; and by {@link io.copperline.gateway.it.Tone}
 * where a microphone hears one. Nothing sleeps; everything waits for what it needs, with a limit. Each class leaves the gateway's
 * log, sipp's messages and pictures of failures in {@code target/it}.
 */
package io.copperline.gateway.it;
