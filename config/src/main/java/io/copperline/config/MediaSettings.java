package io.copperline.config;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.webrtc.jsep.RedUse;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where audio flows.
 *
 * @param bind the local address of every media socket
 * @param advertise the addresses that answers to browsers name, at most one of each family; the first IPv4 one is also
 *     what trunks are told. Empty: {@code bind}, or the machine's own addresses where that is a wildcard
 * @param ice whether browsers' checks are waited for, or checks of our own are sent, too
 * @param stunServers who is asked how the media ports look from beyond a NAT
 * @param udpPort the first shard's port towards browsers, the next shard takes the next; 0 takes free ones
 * @param tcp whether browsers may connect over TCP, to the same port numbers
 * @param shards media threads
 * @param trunkPorts the RTP and RTCP ports of trunk legs, in pairs
 * @param portRest how long a trunk port rests before another call gets it
 * @param opusLibrary the libopus to load; empty: the system's, then the one that comes along
 * @param certificateFile the DTLS certificate and key, made at the first start
 * @param browserCodecs what browsers may use, best first
 * @param browserRed when browsers are asked to send Opus twice over, against loss
 * @param maxCalls calls at once; more are refused
 * @param maxLateness how far media threads may run behind before new calls are refused
 */
public record MediaSettings(
        InetAddress bind,
        List<InetAddress> advertise,
        Ice ice,
        List<StunServer> stunServers,
        int udpPort,
        boolean tcp,
        int shards,
        PortRange trunkPorts,
        Duration portRest,
        Optional<Path> opusLibrary,
        Path certificateFile,
        List<AudioCodec> browserCodecs,
        RedUse browserRed,
        int maxCalls,
        Duration maxLateness) {
    public MediaSettings {
        advertise = List.copyOf(advertise);
        stunServers = List.copyOf(stunServers);
        browserCodecs = List.copyOf(browserCodecs);
    }

    /** How the gateway takes part in ICE (RFC 8445). */
    public enum Ice {
        /** It has an address of its own that browsers reach. */
        LITE,
        /** It is behind a NAT. */
        FULL
    }

    /** A {@code stun:} URI (RFC 7064). */
    public record StunServer(String host, int port) {}

    /** UDP ports, both ends included; the first is even. */
    public record PortRange(int first, int last) {}
}
