package io.copperline.config;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.config.MediaSettings.PortRange;
import io.copperline.webrtc.jsep.RedUse;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@code media}. */
final class MediaSection {
    private static final int MOST_SHARDS = 256;

    private static final Key<InetAddress> BIND =
            Key.of("bind", NetTypes.ADDRESS, "0.0.0.0", "The local address of every media socket.");
    private static final Key<InetAddress> ADVERTISE = Key.list(
            "advertise",
            NetTypes.ADDRESS,
            "[]",
            "[203.0.113.10, \"2001:db8::10\"]",
            "The addresses by which browsers and carriers reach us, at most one IPv4 and one IPv6. Needed behind NAT;"
                    + " otherwise bind, or the machine's own addresses.");
    private static final Key<MediaSettings.Ice> ICE = Key.of(
            "ice",
            Types.oneOf(MediaSettings.Ice.class),
            "lite",
            "lite: browsers find us; full: for a gateway behind a NAT that forwards no ports, which checks browsers' addresses"
                    + " itself.");
    private static final Key<MediaSettings.StunServer> STUN_SERVERS = Key.list(
            "stun-servers",
            NetTypes.STUN_SERVER,
            "[]",
            "[\"stun:stun.example.com:3478\"]",
            "STUN servers that tell how the media ports look from beyond the NAT; with ice: full.");
    private static final Key<Integer> UDP_PORT = Key.of(
            "udp-port",
            NetTypes.port(0, ""),
            "10000",
            "The UDP port of browsers. Each further shard takes the next port; free takes free ones.");
    private static final Key<Boolean> TCP = Key.of(
            "tcp",
            Types.YES_OR_NO,
            "true",
            "Whether browsers whose network blocks UDP may connect over TCP, to the same port numbers.");
    private static final Key<Integer> SHARDS = Key.of(
            "shards",
            Types.wholeOrAuto(1, MOST_SHARDS, processors()),
            "auto",
            "Media threads; auto: one per processor.");
    private static final Key<PortRange> TRUNK_PORTS = Key.of(
            "trunk-ports",
            NetTypes.PORTS,
            "20000-29999",
            "The UDP ports of trunk audio, two per call: a hard limit on calls.");
    private static final Key<Duration> PORT_REST = Key.of(
            "port-rest",
            Types.duration(Duration.ofSeconds(1), Duration.ofMinutes(10), "for no rest"),
            "30s",
            "How long a trunk port rests before another call gets it.");
    private static final Key<Path> OPUS_LIBRARY = Key.open(
            "opus-library",
            Types.PATH,
            "/usr/lib/x86_64-linux-gnu/libopus.so.0",
            "The libopus to load. Default: the system's, then the one that comes along.");
    private static final Key<Path> CERTIFICATE_FILE = Key.open(
            "certificate-file",
            Types.PATH,
            "dtls.pem",
            "The DTLS certificate and key, made at the first start. Default: dtls.pem in data-directory.");
    private static final Key<AudioCodec> BROWSER_CODECS = Key.list(
            "browser-codecs",
            Types.oneOf(List.of(AudioCodec.OPUS, AudioCodec.PCMU, AudioCodec.PCMA)),
            "[opus, pcmu, pcma]",
            "[opus, pcmu, pcma]",
            "What browsers may use, best first.");
    private static final Key<RedUse> BROWSER_RED = Key.of(
            "browser-red",
            Types.oneOf(RedUse.class),
            "preferred",
            "When browsers send Opus twice over (RED), against loss: preferred (where the page prefers it), always or never.");
    private static final Key<Integer> MAX_CALLS =
            Key.of("max-calls", Types.whole(1, 100_000), "500", "Calls at once; more are refused with 503.");
    /** The default: a jitter buffer of a browser holds 20 ms and more, so that nobody hears it before. */
    private static final Key<Duration> MAX_LATENESS = Key.of(
            "max-lateness",
            Types.duration(Duration.ofMillis(5), Duration.ofSeconds(10), ""),
            "20ms",
            "How far media threads may run behind for two seconds before new calls are refused with 503.");

    static final Section TABLE = Section.of(
            "media",
            "Where audio flows.",
            BIND,
            ADVERTISE,
            ICE,
            STUN_SERVERS,
            UDP_PORT,
            TCP,
            SHARDS,
            TRUNK_PORTS,
            PORT_REST,
            OPUS_LIBRARY,
            CERTIFICATE_FILE,
            BROWSER_CODECS,
            BROWSER_RED,
            MAX_CALLS,
            MAX_LATENESS);

    private MediaSection() {}

    private static int processors() {
        return Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_SHARDS);
    }

    static MediaSettings read(Fields media, Path dataDirectory) {
        MediaSettings settings = new MediaSettings(
                media.one(BIND),
                media.many(ADVERTISE),
                media.one(ICE),
                media.many(STUN_SERVERS),
                media.one(UDP_PORT),
                media.one(TCP),
                media.one(SHARDS),
                media.one(TRUNK_PORTS),
                media.one(PORT_REST),
                media.file(OPUS_LIBRARY),
                media.path(CERTIFICATE_FILE).orElseGet(() -> dataDirectory.resolve("dtls.pem")),
                Codecs.read(media, BROWSER_CODECS),
                media.one(BROWSER_RED),
                media.one(MAX_CALLS),
                media.one(MAX_LATENESS));
        if (settings.ice() == MediaSettings.Ice.LITE && !settings.stunServers().isEmpty()) {
            media.problem(
                    STUN_SERVERS,
                    "ice: full beside STUN servers",
                    "ice: lite",
                    "write ice: full, or remove stun-servers and write advertise");
        }
        checkAdvertised(media, settings.advertise());
        checkPorts(media, settings);
        return settings;
    }

    private static void checkAdvertised(Fields media, List<InetAddress> addresses) {
        long version4 =
                addresses.stream().filter(Inet4Address.class::isInstance).count();
        if (version4 > 1 || addresses.size() - version4 > 1) {
            media.problem(
                    ADVERTISE,
                    "at most one IPv4 and one IPv6 address",
                    addresses.size() + " addresses",
                    "keep the one of each that the others can reach");
        }
        addresses.stream()
                .filter(InetAddress::isAnyLocalAddress)
                .forEach(any -> media.problem(
                        ADVERTISE,
                        "an address that others can reach",
                        any.getHostAddress(),
                        "write the machine's public address"));
    }

    private static void checkPorts(Fields media, MediaSettings settings) {
        int first = settings.udpPort();
        int last = first + settings.shards() - 1;
        PortRange trunks = settings.trunkPorts();
        if (first == 0) {
            return;
        }
        if (last > 65_535) {
            media.problem(
                    UDP_PORT,
                    "a port with room for " + settings.shards() + " shards below 65536",
                    first + "",
                    "write a lower port");
        } else if (first <= trunks.last() && last >= trunks.first()) {
            media.problem(
                    TRUNK_PORTS,
                    "ports that browsers do not use (" + first + "-" + last + ")",
                    trunks.first() + "-" + trunks.last(),
                    "move trunk-ports or udp-port");
        }
    }
}
