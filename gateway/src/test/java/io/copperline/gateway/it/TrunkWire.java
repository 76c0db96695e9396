package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.copperline.codecs.audio.G711;
import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.codecs.sdp.NegotiatedAudio;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The far end's RTP socket: keeps every packet as it came off the wire, and plays speech as PCMU. */
final class TrunkWire implements AutoCloseable {
    private static final int PTIME_MILLIS = 20;
    private static final int SAMPLES = 160;
    private static final int PCMU = 0;
    private static final long SSRC = 0x0FA2E4DL;

    /** One packet. */
    record Packet(long nanos, byte[] bytes) {
        int payloadType() {
            return RtpHeader.payloadType(bytes, 0);
        }

        boolean marker() {
            return RtpHeader.marker(bytes, 0);
        }

        int sequence() {
            return RtpHeader.sequence(bytes, 0);
        }

        long timestamp() {
            return RtpHeader.timestamp(bytes, 0);
        }

        long ssrc() {
            return RtpHeader.ssrc(bytes, 0);
        }

        byte[] payload() {
            return Arrays.copyOfRange(bytes, RtpHeader.headerLength(bytes, 0), bytes.length);
        }
    }

    private final ScheduledExecutorService clock;
    private final DatagramSocket rtp;
    private final DatagramSocket rtcp;
    private final List<Packet> packets = new CopyOnWriteArrayList<>();
    private final List<Packet> reports = new CopyOnWriteArrayList<>();
    private volatile Optional<NegotiatedAudio> agreed = Optional.empty();
    private volatile Optional<Future<?>> playing = Optional.empty();

    private TrunkWire(ScheduledExecutorService clock, DatagramSocket rtp, DatagramSocket rtcp) {
        this.clock = clock;
        this.rtp = rtp;
        this.rtcp = rtcp;
        Thread.ofPlatform().daemon().name("trunk-wire").start(() -> receive(rtp, packets));
        Thread.ofPlatform().daemon().name("trunk-wire-rtcp").start(() -> receive(rtcp, reports));
    }

    static TrunkWire open(ScheduledExecutorService clock) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        for (int attempt = 0; attempt < 100; attempt++) {
            try {
                DatagramSocket even = new DatagramSocket(0, loopback);
                try {
                    if (even.getLocalPort() % 2 == 0) {
                        return new TrunkWire(clock, even, new DatagramSocket(even.getLocalPort() + 1, loopback));
                    }
                } catch (IOException e) {
                    // The next port is taken.
                }
                even.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new IllegalStateException("no pair of ports");
    }

    private static void receive(DatagramSocket socket, List<Packet> into) {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        try {
            while (true) {
                socket.receive(packet);
                into.add(new Packet(System.nanoTime(), Arrays.copyOf(packet.getData(), packet.getLength())));
            }
        } catch (IOException e) {
            // It is closed.
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) rtp.getLocalSocketAddress();
    }

    void target(NegotiatedAudio audio) {
        agreed = Optional.of(audio);
    }

    /** Plays from its beginning, over and over. */
    void play(Speech speech) {
        byte[] coded = new byte[speech.pcm().length];
        G711.encodeMu(speech.pcm(), 0, coded.length, coded, 0);
        int[] count = new int[1];
        playing = Optional.of(clock.scheduleAtFixedRate(
                () -> {
                    byte[] packet = new byte[RtpHeader.FIXED_BYTES + SAMPLES];
                    RtpHeader.write(packet, 0, PCMU, count[0] == 0, count[0] & 0xFFFF, (long) count[0] * SAMPLES, SSRC);
                    for (int i = 0; i < SAMPLES; i++) {
                        packet[RtpHeader.FIXED_BYTES + i] = coded[(count[0] * SAMPLES + i) % coded.length];
                    }
                    count[0]++;
                    agreed.flatMap(NegotiatedAudio::remoteRtp).ifPresent(to -> send(packet, to));
                },
                0,
                PTIME_MILLIS,
                TimeUnit.MILLISECONDS));
    }

    void stopPlaying() {
        playing.ifPresent(future -> future.cancel(false));
    }

    void send(byte[] packet, InetSocketAddress to) {
        try {
            rtp.send(new DatagramPacket(packet, packet.length, to));
        } catch (IOException e) {
            // The call is over.
        }
    }

    List<Packet> packets() {
        return List.copyOf(packets);
    }

    /** RTCP packets. */
    List<Packet> reports() {
        return List.copyOf(reports);
    }

    List<Packet> audioPackets() {
        return packets().stream().filter(packet -> packet.payloadType() == PCMU).toList();
    }

    /** A phone hears one voice, whatever becomes of the browser's end. */
    void assertOneStream() {
        assertEquals(1, audioPackets().stream().map(Packet::ssrc).distinct().count(), "streams on the trunk");
    }

    /** What came from this time on ({@code System.nanoTime()}), laid out by its timestamps. */
    short[] heardSince(long nanos) {
        List<Packet> audio =
                audioPackets().stream().filter(p -> p.nanos() - nanos >= 0).toList();
        if (audio.isEmpty()) {
            return new short[0];
        }
        long first = audio.getFirst().timestamp();
        int length = (int) (audio.getLast().timestamp() - first) + SAMPLES;
        short[] pcm = new short[length];
        for (Packet packet : audio) {
            int at = (int) (packet.timestamp() - first);
            byte[] payload = packet.payload();
            if (at >= 0 && at + payload.length <= length) {
                G711.decodeMu(payload, 0, payload.length, pcm, at);
            }
        }
        return pcm;
    }

    /** Waits until so much audio has come from now on, and gives it. */
    short[] hear(java.time.Duration length) {
        long from = System.nanoTime();
        int samples = (int) (length.toMillis() * SAMPLES / PTIME_MILLIS);
        return Await.value("audio on the trunk", length.plus(Await.USUAL), () -> {
            short[] heard = heardSince(from);
            return heard.length >= samples ? Optional.of(heard) : Optional.empty();
        });
    }

    /** The telephone-events, each as all its packets in the order they came; one timestamp is one event. */
    List<DigitOnWire> digits() {
        int payloadType = agreed.orElseThrow().receiveTelephoneEventPayloadType();
        Map<Long, List<Packet>> events = new LinkedHashMap<>();
        for (Packet packet : packets()) {
            if (packet.payloadType() == payloadType) {
                events.computeIfAbsent(packet.timestamp(), _ -> new ArrayList<>())
                        .add(packet);
            }
        }
        return events.values().stream().map(DigitOnWire::new).toList();
    }

    @Override
    public void close() {
        stopPlaying();
        rtp.close();
        rtcp.close();
    }
}
