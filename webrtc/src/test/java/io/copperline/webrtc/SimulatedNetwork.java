package io.copperline.webrtc;

import io.copperline.webrtc.ice.TransportAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Two peers, a seeded network between them, and time that moves only when both have nothing left to do. The browser's machine can
 * put what its peer sends through a TCP connection, where nothing is lost and nothing overtakes.
 */
final class SimulatedNetwork {
    private static final int TCP_REPEAT_MILLIS = 220;
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** What the network does to a datagram; chances from 0 to 1. */
    record Weather(double loss, double duplication, int delayMillis, int jitterMillis) {
        static final Weather FAIR = new Weather(0, 0, 10, 0);

        static Weather losing(double loss) {
            return new Weather(loss, 0.02, 10, 15);
        }
    }

    /**
     * A NAT that maps its one host always to the same address, and lets in only who was written to before: endpoint-independent
     * mapping, address and port-dependent filtering (RFC 4787).
     */
    static final class Nat {
        final TransportAddress outside;
        private final Set<TransportAddress> writtenTo = new HashSet<>();

        Nat(TransportAddress outside) {
            this.outside = outside;
        }
    }

    private record Flying(long arrivesNanos, long order, byte[] bytes, TransportAddress from, Host to) {}

    /** One end with the peer that lives there. */
    final class Host implements PeerSink {
        TransportAddress address;
        PeerConnection peer;
        /** It does nothing by itself any more: no checks, no reports. */
        boolean asleep;
        /** The browser's end of its TCP connection, while it uses one. */
        Optional<TransportAddress> tcp = Optional.empty();
        /** What stands between it and the others. */
        Optional<Nat> nat = Optional.empty();

        private long tcpArrivesNanos;
        final List<PeerEvent> events = new ArrayList<>();
        final List<byte[]> packets = new ArrayList<>();
        final int[] fates = new int[Fate.values().length];

        Host(String address) {
            this.address = TransportAddress.udp(new InetSocketAddress(InetAddress.ofLiteral(address), 4_000));
        }

        @Override
        public void transmit(byte[] buf, int off, int len, TransportAddress to) {
            send(this, Arrays.copyOfRange(buf, off, off + len), to);
        }

        @Override
        public void validated(TransportAddress remote) {}

        @Override
        public void rtp(byte[] buf, int off, int len) {
            packets.add(Arrays.copyOfRange(buf, off, off + len));
        }

        @Override
        public void event(PeerEvent event) {
            events.add(event);
        }

        boolean connected() {
            return peer.connected();
        }
    }

    private final PriorityQueue<Flying> flying =
            new PriorityQueue<>(Comparator.comparingLong(Flying::arrivesNanos).thenComparingLong(Flying::order));
    private final Random random;
    private final Weather weather;
    private long order;
    /** Far from 0, as a real monotonic clock is. */
    long nowNanos = 123_456_789_000L;

    private final List<Host> hosts = new ArrayList<>();
    final Host browser = join("198.51.100.1");
    final Host gateway = join("192.0.2.1");

    SimulatedNetwork(long seed, Weather weather) {
        random = new Random(seed);
        this.weather = weather;
    }

    /** For one of the peers: the seed decides what it draws, too. */
    SecureRandom secureRandom() {
        return SeededRandom.of(random.nextLong());
    }

    /** One more; it needs its peer before time goes on. */
    Host join(String address) {
        Host host = new Host(address);
        hosts.add(host);
        return host;
    }

    /** Falls silent without a goodbye. */
    void leave(Host host) {
        hosts.remove(host);
    }

    private void send(Host from, byte[] bytes, TransportAddress to) {
        if (to.protocol() == TransportAddress.Protocol.TCP) {
            if (browser.tcp.filter(to::equals).isPresent()) {
                fly(bytes, from.address, browser, inOrder(browser));
            }
            return;
        }
        if (from.tcp.isPresent()) {
            fly(bytes, from.tcp.get(), gateway, inOrder(gateway));
            return;
        }
        from.nat.ifPresent(nat -> nat.writtenTo.add(to));
        TransportAddress seen = from.nat.map(nat -> nat.outside).orElse(from.address);
        Optional<Host> target =
                hosts.stream().filter(host -> leadsTo(host, to, seen)).findFirst();
        if (target.isEmpty() || random.nextDouble() < weather.loss) {
            return;
        }
        int copies = random.nextDouble() < weather.duplication ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            long millis = weather.delayMillis + (weather.jitterMillis == 0 ? 0 : random.nextInt(weather.jitterMillis));
            fly(bytes, seen, target.get(), nowNanos + TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }

    private static boolean leadsTo(Host host, TransportAddress to, TransportAddress from) {
        return host.nat
                .map(nat -> nat.outside.equals(to) && nat.writtenTo.contains(from))
                .orElse(host.address.equals(to));
    }

    private void fly(byte[] bytes, TransportAddress from, Host to, long arrivesNanos) {
        flying.add(new Flying(arrivesNanos, order++, bytes, from, to));
    }

    /** A segment that is lost comes later, and all behind it wait. */
    private long inOrder(Host to) {
        long millis = weather.delayMillis + (random.nextDouble() < weather.loss ? TCP_REPEAT_MILLIS : 0);
        to.tcpArrivesNanos = Math.max(to.tcpArrivesNanos, nowNanos + TimeUnit.MILLISECONDS.toNanos(millis));
        return to.tcpArrivesNanos;
    }

    /** A datagram from anywhere, with any bytes. */
    Fate inject(Host to, byte[] bytes, TransportAddress from) {
        Fate fate = to.peer.onDatagram(bytes, 0, bytes.length, from, nowNanos, to);
        to.fates[fate.ordinal()]++;
        return fate;
    }

    void run(long millis) {
        long end = nowNanos + TimeUnit.MILLISECONDS.toNanos(millis);
        while (nowNanos < end) {
            step();
        }
    }

    /** Runs until both are connected; false where that takes longer than {@code millis}. */
    boolean connect(long millis) {
        return runUntil(millis, () -> browser.connected() && gateway.connected());
    }

    /** Runs until it is so; false where that takes longer than {@code millis}. */
    boolean runUntil(long millis, BooleanSupplier wanted) {
        long end = nowNanos + TimeUnit.MILLISECONDS.toNanos(millis);
        while (nowNanos < end && !wanted.getAsBoolean()) {
            step();
        }
        return wanted.getAsBoolean();
    }

    /**
     * The same for peers that are called only when a datagram has come or {@link PeerConnection#nextDeadline} says so: time jumps
     * from one to the next. Returns how often it did within these {@code millis}.
     */
    int runByDeadlines(long millis) {
        long end = nowNanos + TimeUnit.MILLISECONDS.toNanos(millis);
        int jumps = 0;
        while (nowNanos - end < 0) {
            long next = earlier(browser.peer.nextDeadline(nowNanos), gateway.peer.nextDeadline(nowNanos));
            next = flying.isEmpty() ? next : earlier(next, flying.peek().arrivesNanos);
            nowNanos = earlier(next, end);
            jumps++;
            while (!flying.isEmpty() && flying.peek().arrivesNanos <= nowNanos) {
                Flying datagram = flying.poll();
                inject(datagram.to, datagram.bytes.clone(), datagram.from);
            }
            do {
                callIfDue(browser);
                callIfDue(gateway);
                Thread.onSpinWait();
            } while (busy(browser) || busy(gateway));
        }
        return jumps;
    }

    private static long earlier(long nanos, long otherNanos) {
        return nanos - otherNanos < 0 ? nanos : otherNanos;
    }

    private void callIfDue(Host host) {
        if (host.peer.nextDeadline(nowNanos) - nowNanos <= 0) {
            host.peer.onTime(nowNanos, host);
        }
    }

    /** Whether its handshake is at work, or has left something to do. */
    private boolean busy(Host host) {
        return !host.peer.quiet() || host.peer.nextDeadline(nowNanos) - nowNanos <= 0;
    }

    void step() {
        nowNanos += STEP_NANOS;
        while (!flying.isEmpty() && flying.peek().arrivesNanos <= nowNanos) {
            Flying datagram = flying.poll();
            inject(datagram.to, datagram.bytes.clone(), datagram.from);
        }
        tick();
    }

    private void tick() {
        do {
            hosts.forEach(this::call);
            Thread.onSpinWait();
        } while (hosts.stream().anyMatch(host -> !host.peer.quiet()));
        hosts.forEach(this::call);
    }

    private void call(Host host) {
        if (!host.asleep) {
            host.peer.onTime(nowNanos, host);
        }
    }
}
