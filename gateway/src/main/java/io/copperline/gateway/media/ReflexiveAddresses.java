package io.copperline.gateway.media;

import io.copperline.config.MediaSettings;
import io.copperline.webrtc.Fate;
import io.copperline.webrtc.ice.IceDrop;
import io.copperline.webrtc.ice.ReflexiveGathering;
import io.copperline.webrtc.ice.TransportAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a shard's UDP port looks from beyond the NAT, by the STUN servers of the settings. Owned by the shard's loop. */
final class ReflexiveAddresses implements BrowserDoor.Resident {
    private static final Logger LOG = LoggerFactory.getLogger(ReflexiveAddresses.class);

    private static final int STEP_MILLIS = 100;
    /** Names that lead nowhere are looked up again, but not in every step. */
    private static final long LOOK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final MediaSettings settings;
    private final Shard shard;
    private final Executor errands;
    private final RandomGenerator random;
    private ReflexiveGathering gathering;
    private boolean resolving;
    private long nextLookupNanos;

    ReflexiveAddresses(MediaSettings settings, Shard shard, Executor errands, RandomGenerator random) {
        this.settings = settings;
        this.shard = shard;
        this.errands = errands;
        this.random = random;
        nextLookupNanos = shard.nowNanos();
        gathering = new ReflexiveGathering(List.of(), random, nextLookupNanos);
    }

    /** Begins to ask, and never ends; from any thread. */
    void start() {
        var _ = shard.loop().scheduleAtFixedRate(this::onTime, 0, STEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void onTime() {
        long now = shard.nowNanos();
        gathering.onTime(now, shard.browserDoor()::write);
        if (gathering.unanswered() && !resolving && now - nextLookupNanos >= 0) {
            resolving = true;
            nextLookupNanos = now + LOOK_AGAIN_NANOS;
            errands.execute(this::resolve);
        }
    }

    /** An errand: asks the DNS. */
    private void resolve() {
        List<InetSocketAddress> servers = new ArrayList<>();
        for (MediaSettings.StunServer server : settings.stunServers()) {
            try {
                for (InetAddress address : InetAddress.getAllByName(server.host())) {
                    servers.add(new InetSocketAddress(address, server.port()));
                }
            } catch (UnknownHostException e) {
                LOG.warn("The STUN server {} has no address", server.host());
            }
        }
        shard.execute(() -> ask(servers));
    }

    private void ask(List<InetSocketAddress> servers) {
        boolean ipv6 = settings.bind() instanceof Inet6Address;
        List<InetSocketAddress> reached = servers.stream()
                .filter(server -> ipv6 || !(server.getAddress() instanceof Inet6Address))
                .toList();
        resolving = false;
        BrowserDoor door = shard.browserDoor();
        door.remove(this);
        gathering = new ReflexiveGathering(reached, random, shard.nowNanos());
        gathering.servers().forEach(server -> door.addAddress(server, this));
    }

    @Override
    public Fate onDatagram(byte[] buf, int off, int len, TransportAddress from, long nowNanos) {
        IceDrop fate = gathering.onDatagram(buf, off, len, from, nowNanos);
        BrowserDoor door = shard.browserDoor();
        if (!gathering.addresses().equals(door.reflexive())) {
            door.reflexive(gathering.addresses());
            LOG.info("From outside, browsers' port {} is {}", door.port(), written(door.reflexive()));
        }
        return fate == IceDrop.TAKEN
                ? Fate.TAKEN
                : fate == IceDrop.MALFORMED ? Fate.STUN_MALFORMED : Fate.STUN_UNEXPECTED;
    }

    private static String written(List<InetSocketAddress> addresses) {
        return addresses.isEmpty()
                ? "not known"
                : addresses.stream()
                        .map(at -> at.getAddress().getHostAddress() + " port " + at.getPort())
                        .collect(Collectors.joining(", "));
    }

    @Override
    public void onClosed(TransportAddress remote) {
        // STUN servers are asked over UDP.
    }
}
