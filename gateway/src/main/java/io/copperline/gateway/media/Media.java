package io.copperline.gateway.media;

import io.copperline.codecs.audio.Cadence;
import io.copperline.codecs.audio.Opus;
import io.copperline.config.MediaSettings;
import io.copperline.webrtc.Fate;
import io.copperline.webrtc.PeerSettings;
import io.copperline.webrtc.dtls.DtlsCertificate;
import io.copperline.webrtc.ice.IceCandidate;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** All shards, and what they share: the certificate, libopus, the counters. Used from any thread. */
public final class Media implements AutoCloseable {
    private final MediaSettings settings;
    private final Addresses addresses;
    private final Workshop workshop;
    /** What new calls are given; each keeps the one that it began with. */
    private volatile DtlsCertificate certificate;

    private final Cadence ringback;
    private final SecureRandom random = new SecureRandom();
    private final ExecutorService errands;
    private final MultiThreadIoEventLoopGroup loops;
    private final List<Shard> shards = new ArrayList<>();
    private final Drops<Fate> browserDrops = new Drops<>(Fate.class);
    private final Drops<BrowserDoor.Stranger> strangers = new Drops<>(BrowserDoor.Stranger.class);
    private final Drops<TcpDrop> tcpDrops = new Drops<>(TcpDrop.class);
    private final Drops<TrunkDrop> trunkDrops = new Drops<>(TrunkDrop.class);
    private final LongAdder bugs = new LongAdder();
    private final AtomicInteger bridges = new AtomicInteger();

    private Media(MediaSettings settings, Opus opus, DtlsCertificate certificate, Cadence ringback) {
        this.settings = settings;
        this.certificate = certificate;
        this.ringback = ringback;
        addresses = new Addresses(settings);
        workshop = new Workshop(opus);
        errands = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("dtls-", 0).factory());
        loops = new MultiThreadIoEventLoopGroup(
                settings.shards(),
                new DefaultThreadFactory("shard"),
                Transport.best().ioHandler());
    }

    /**
     * Opens the doors and starts the shards.
     *
     * @param region whose ringback browsers hear
     * @throws MediaUnavailable where a port cannot be opened; the message says which and what to do
     */
    public static Media start(MediaSettings settings, Opus opus, DtlsCertificate certificate, String region) {
        Media media = new Media(settings, opus, certificate, Cadence.ringback(region));
        try {
            for (int i = 0; i < settings.shards(); i++) {
                media.shards.add(media.openShard(i));
            }
            WarmUp.run(media, media.shards.getFirst()::nowNanos);
            return media;
        } catch (RuntimeException e) {
            media.close();
            throw e;
        }
    }

    private Shard openShard(int number) {
        EventLoop loop = loops.next();
        TrunkPorts ports = new TrunkPorts(settings.trunkPorts(), number, settings.shards(), settings.portRest());
        Shard shard = new Shard(number, loop, Transport.best(), ports, bugs::increment);
        BrowserDoor door = new BrowserDoor(shard, browserDrops, strangers, tcpDrops);
        BrowserSockets.open(settings, shard, door, number);
        shard.start(door);
        if (!settings.stunServers().isEmpty()) {
            new ReflexiveAddresses(settings, shard, errands, random).start();
        }
        return shard;
    }

    /** The shard with the least to do, for a new call. */
    public Shard pick() {
        return shards.stream().min(Comparator.comparingInt(Shard::load)).orElseThrow();
    }

    public List<Shard> shards() {
        return List.copyOf(shards);
    }

    /** A new call's audio; on its shard. */
    public CallMedia bridge(Shard shard, MediaListener listener) {
        return new MediaBridge(this, shard, listener);
    }

    /** The audio of a new call between two phones; on its shard. */
    public RelayMedia relay(Shard shard, RelayListener listener) {
        return new TrunkRelay(this, shard, listener);
    }

    MediaSettings settings() {
        return settings;
    }

    Addresses addresses() {
        return addresses;
    }

    /** Where browsers reach a shard: over UDP, and behind that over TCP. */
    private List<IceCandidate> candidates(Shard shard) {
        List<IceCandidate> candidates = new ArrayList<>();
        int port = shard.browserDoor().port();
        List<InetAddress> reached = addresses.toBrowsers();
        for (int i = 0; i < reached.size(); i++) {
            candidates.add(IceCandidate.host(new InetSocketAddress(reached.get(i), port), i));
        }
        List<InetSocketAddress> reflexive = shard.browserDoor().reflexive();
        for (int i = 0; i < reflexive.size(); i++) {
            addReflexive(candidates, reflexive.get(i), i);
        }
        for (int i = 0; settings.tcp() && i < reached.size(); i++) {
            candidates.add(IceCandidate.tcpPassive(new InetSocketAddress(reached.get(i), port), i));
        }
        return candidates;
    }

    /** RFC 8445 section 5.1.3: one that is a host candidate, for there is no NAT, says nothing new. */
    private static void addReflexive(List<IceCandidate> candidates, InetSocketAddress address, int rank) {
        boolean known = candidates.stream()
                .anyMatch(c -> c.address().filter(address::equals).isPresent());
        Optional<InetSocketAddress> base = candidates.stream()
                .flatMap(c -> c.address().stream())
                .filter(a ->
                        a.getAddress().getClass().equals(address.getAddress().getClass()))
                .findFirst();
        if (!known && base.isPresent()) {
            candidates.add(IceCandidate.serverReflexive(address, base.get(), rank));
        }
    }

    /** How peers of browsers behave. */
    PeerSettings peerSettings(Shard shard, boolean wideband) {
        PeerSettings lite = PeerSettings.gateway(candidates(shard), settings.browserCodecs())
                .withOpus(wideband ? PeerSettings.WIDEBAND_OPUS : PeerSettings.NARROWBAND_OPUS)
                .withRed(settings.browserRed());
        return settings.ice() == MediaSettings.Ice.FULL ? lite.withFullIce() : lite;
    }

    Workshop workshop() {
        return workshop;
    }

    /** What a call that begins now shows to its browser. */
    public DtlsCertificate certificate() {
        return certificate;
    }

    /** From now on new calls are given another certificate. */
    public void renew(DtlsCertificate successor) {
        certificate = successor;
    }

    Cadence ringback() {
        return ringback;
    }

    SecureRandom random() {
        return random;
    }

    ExecutorService errands() {
        return errands;
    }

    Drops<TrunkDrop> trunkDropCounters() {
        return trunkDrops;
    }

    void bridgeOpened() {
        bridges.incrementAndGet();
    }

    void bridgeClosed() {
        bridges.decrementAndGet();
    }

    /** How far the slowest shard is behind with its ticks. */
    public long latenessNanos() {
        return shards.stream().mapToLong(Shard::latenessNanos).max().orElse(0);
    }

    /** Calls' audio in existence. */
    public int bridges() {
        return bridges.get();
    }

    /** Browser peers that live on a shard's port. */
    public int peers() {
        return shards.stream().mapToInt(s -> s.browserDoor().residents()).sum();
    }

    /** TCP connections of browsers. */
    public int tcpConnections() {
        return shards.stream().mapToInt(s -> s.browserDoor().tcp().open()).sum();
    }

    /** Pairs of trunk ports in use. */
    public int trunkPorts() {
        return shards.stream().mapToInt(s -> s.ports().taken()).sum();
    }

    /** Datagrams of known browsers that went no further, by reason. */
    public Drops<Fate> browserDrops() {
        return browserDrops;
    }

    /** Datagrams on browser ports that belonged to nobody, in all. */
    public long strangers() {
        return strangers.total(BrowserDoor.Stranger.UNKNOWN_UFRAG)
                + strangers.total(BrowserDoor.Stranger.UNKNOWN_ADDRESS);
    }

    /** TCP connections of browsers that were closed, and packets that did not go through one, by reason. */
    public Drops<TcpDrop> tcpDrops() {
        return tcpDrops;
    }

    /** Datagrams on trunk ports that went no further, by reason. */
    public Drops<TrunkDrop> trunkDrops() {
        return trunkDrops;
    }

    /** Bugs caught by the shards, each of which ended one call. */
    public long bugs() {
        return bugs.sum();
    }

    /** Closes doors and threads; whoever has calls has ended them before. */
    @Override
    public void close() {
        for (Shard shard : shards) {
            shard.browserDoor().close();
        }
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
        shards.forEach(shard -> shard.sendBuffers().close());
        errands.shutdownNow();
    }
}
