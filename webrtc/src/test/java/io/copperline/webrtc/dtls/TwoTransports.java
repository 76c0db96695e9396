package io.copperline.webrtc.dtls;

import io.copperline.webrtc.SeededRandom;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A client, a server, a seeded network between them, and time that moves only when both wait for it. */
final class TwoTransports {
    static final SecureRandom RANDOM = new SecureRandom();
    static final DtlsCertificate CERTIFICATE = DtlsCertificate.create(RANDOM, Instant.ofEpochSecond(1_800_000_000));

    private static final long MILLI_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int DELAY_MILLIS = 10;

    /** What the network does to a datagram: chances from 0 to 1, and how much later than others it may come. */
    record Weather(double loss, double duplication, int jitterMillis) {
        static final Weather FAIR = new Weather(0, 0, 0);
    }

    private record Flying(long arrivesNanos, long order, byte[] bytes, DtlsTransport to) {}

    final DtlsTransport client;
    final DtlsTransport server;
    /** Every datagram of either side, as it was sent. */
    final List<byte[]> sent = new ArrayList<>();

    private final byte[] data = new byte[DtlsTransport.MAX_RECEIVED_BYTES];
    private final Random random;
    private final Weather weather;
    private final Function<byte[], List<byte[]>> mangle;
    private final PriorityQueue<Flying> flying =
            new PriorityQueue<>(Comparator.comparingLong(Flying::arrivesNanos).thenComparingLong(Flying::order));
    private long nowNanos = 987_654_321_000L;

    /** @param mangle what becomes of a datagram on its way */
    TwoTransports(long seed, Weather weather, Function<byte[], List<byte[]>> mangle) {
        random = new Random(seed);
        this.weather = weather;
        this.mangle = mangle;
        client = transport();
        server = transport();
    }

    static TwoTransports fair() {
        return new TwoTransports(1, Weather.FAIR, List::of);
    }

    private DtlsTransport transport() {
        return new DtlsTransport(
                SeededRandom.of(random.nextLong()), task -> Thread.ofVirtual().start(task), () -> {}, nowNanos);
    }

    /** Both begin, with these certificates and each knowing the other's fingerprint. */
    TwoTransports start(DtlsCertificate clients, DtlsCertificate servers) {
        return start(clients, List.of(servers.fingerprint()), servers, List.of(clients.fingerprint()));
    }

    TwoTransports start(
            DtlsCertificate clients,
            List<Fingerprint> toldToClient,
            DtlsCertificate servers,
            List<Fingerprint> toldToServer) {
        server.start(DtlsRole.SERVER, servers, toldToServer, SrtpUse.REQUIRED);
        client.start(DtlsRole.CLIENT, clients, toldToClient, SrtpUse.REQUIRED);
        return this;
    }

    /** Whether both are connected before so much time has passed. */
    boolean connect(long millis) {
        for (long end = nowNanos + millis * MILLI_NANOS; nowNanos < end && !bothAre(DtlsTransport.State.CONNECTED); ) {
            step();
        }
        return bothAre(DtlsTransport.State.CONNECTED);
    }

    private boolean bothAre(DtlsTransport.State state) {
        return client.state() == state && server.state() == state;
    }

    void run(long millis) {
        for (long end = nowNanos + millis * MILLI_NANOS; nowNanos < end; ) {
            step();
        }
    }

    private void step() {
        nowNanos += MILLI_NANOS;
        while (!flying.isEmpty() && flying.peek().arrivesNanos <= nowNanos) {
            Flying datagram = flying.poll();
            datagram.to.onDatagram(datagram.bytes, 0, datagram.bytes.length);
        }
        do {
            fetch(client, server);
            fetch(server, client);
            Thread.onSpinWait();
        } while (!client.quiet() || !server.quiet());
        fetch(client, server);
        fetch(server, client);
    }

    private void fetch(DtlsTransport from, DtlsTransport to) {
        from.onTime(nowNanos);
        while (from.receive(data) >= 0) {
            // Nobody sends any; but only this resends a lost last flight, and hears a goodbye.
        }
        for (var next = from.nextDatagram(); next.isPresent(); next = from.nextDatagram()) {
            sent.add(next.get());
            mangle.apply(next.get()).forEach(part -> send(part, to));
        }
    }

    private void send(byte[] bytes, DtlsTransport to) {
        if (random.nextDouble() < weather.loss) {
            return;
        }
        int copies = random.nextDouble() < weather.duplication ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            long millis = DELAY_MILLIS + (weather.jitterMillis == 0 ? 0 : random.nextInt(weather.jitterMillis));
            flying.add(new Flying(nowNanos + millis * MILLI_NANOS, sent.size() * 100L + flying.size(), bytes, to));
        }
    }
}
