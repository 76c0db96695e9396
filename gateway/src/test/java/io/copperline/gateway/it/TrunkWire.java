package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.copperline.codecs.audio.G711;
import io.copperline.codecs.audio.ToneGenerator;
import io.copperline.codecs.dtmf.TelephoneEvent;
import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.codecs.srtp.SrtpKey;
import io.copperline.codecs.srtp.SrtpProfile;
import io.copperline.codecs.srtp.SrtpReceiver;
import io.copperline.codecs.srtp.SrtpSender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
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
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The far end's RTP socket: keeps every packet as it came off the wire, and plays speech as PCMU. */
final class TrunkWire implements AutoCloseable {
    private static final int PTIME_MILLIS = 20;
    private static final int SAMPLES = 160;
    private static final int PCMU = 0;
    private static final int PCMA = 8;
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

    private record Lock(SrtpSender out, SrtpReceiver in) {}

    private final ScheduledExecutorService clock;
    private final DatagramSocket rtp;
    private final DatagramSocket rtcp;
    private final List<Packet> packets = new CopyOnWriteArrayList<>();
    private final List<Packet> reports = new CopyOnWriteArrayList<>();
    private volatile Optional<NegotiatedAudio> agreed = Optional.empty();
    private volatile Optional<Lock> lock = Optional.empty();
    private volatile Optional<InetSocketAddress> heardFrom = Optional.empty();
    private volatile Optional<Future<?>> playing = Optional.empty();

    private TrunkWire(ScheduledExecutorService clock, DatagramSocket rtp, DatagramSocket rtcp) {
        this.clock = clock;
        this.rtp = rtp;
        this.rtcp = rtcp;
        Thread.ofPlatform()
                .daemon()
                .name("trunk-wire")
                .start(() -> receive(rtp, packets, from -> heardFrom = Optional.of(from)));
        Thread.ofPlatform().daemon().name("trunk-wire-rtcp").start(() -> receive(rtcp, reports, _ -> {}));
    }

    static TrunkWire open(ScheduledExecutorService clock) {
        return open(clock, InetAddress.getLoopbackAddress());
    }

    static TrunkWire open(ScheduledExecutorService clock, InetAddress loopback) {
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

    private void receive(DatagramSocket socket, List<Packet> into, Consumer<InetSocketAddress> from) {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        try {
            while (true) {
                socket.receive(packet);
                from.accept((InetSocketAddress) packet.getSocketAddress());
                byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
                int length = socket.equals(rtp) && lock.isPresent()
                        ? lock.get().in().unprotectRtp(bytes, 0, bytes.length)
                        : bytes.length;
                if (length >= 0) {
                    into.add(new Packet(System.nanoTime(), Arrays.copyOf(bytes, length)));
                }
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

    /** Where the gateway's audio for this call is, where nothing comes from there. */
    void target(InetSocketAddress gateway) {
        heardFrom = Optional.of(gateway);
    }

    /** Where what is played goes: as was agreed on, or where nobody has told, back to where packets come from. */
    Optional<InetSocketAddress> destination() {
        return agreed.flatMap(NegotiatedAudio::remoteRtp).or(() -> heardFrom);
    }

    int port() {
        return rtp.getLocalPort();
    }

    /** Audio is encrypted from now on; what cannot be decrypted is not kept. */
    void encrypted(SrtpKey ours, SrtpKey theirs) {
        lock = Optional.of(new Lock(new SrtpSender(ours), new SrtpReceiver(theirs)));
    }

    /** Plays from its beginning, over and over. */
    void play(Speech speech) {
        byte[] coded = new byte[speech.pcm().length];
        G711.encodeMu(speech.pcm(), 0, coded.length, coded, 0);
        play(coded, PCMU);
    }

    /** The same as PCMA, in the place of what was played. */
    void playA(Speech speech) {
        stopPlaying();
        byte[] coded = new byte[speech.pcm().length];
        G711.encodeA(speech.pcm(), 0, coded.length, coded, 0);
        play(coded, PCMA);
    }

    /** Plays these keys as tones, over and over, half of the time silence. */
    void playTones(String digits, int millis) {
        short[] pcm = new short[digits.length() * 2 * millis * SAMPLES / PTIME_MILLIS];
        ToneGenerator tones = new ToneGenerator(8_000);
        for (int i = 0; i < digits.length(); i++) {
            int each = pcm.length / digits.length();
            tones.start(TelephoneEvent.event(digits.charAt(i)), millis);
            tones.fill(pcm, i * each, each);
        }
        byte[] coded = new byte[pcm.length];
        G711.encodeMu(pcm, 0, coded.length, coded, 0);
        play(coded, PCMU);
    }

    private void play(byte[] coded, int payloadType) {
        int[] count = new int[1];
        playing = Optional.of(clock.scheduleAtFixedRate(
                () -> {
                    byte[] packet = new byte[RtpHeader.FIXED_BYTES + SAMPLES];
                    RtpHeader.write(
                            packet, 0, payloadType, count[0] == 0, count[0] & 0xFFFF, (long) count[0] * SAMPLES, SSRC);
                    for (int i = 0; i < SAMPLES; i++) {
                        packet[RtpHeader.FIXED_BYTES + i] = coded[(count[0] * SAMPLES + i) % coded.length];
                    }
                    count[0]++;
                    destination().ifPresent(to -> send(locked(packet), to));
                },
                0,
                PTIME_MILLIS,
                TimeUnit.MILLISECONDS));
    }

    private byte[] locked(byte[] packet) {
        if (lock.isEmpty()) {
            return packet;
        }
        byte[] sealed = Arrays.copyOf(packet, packet.length + SrtpProfile.MAX_TRAILER_BYTES);
        return Arrays.copyOf(sealed, lock.get().out().protectRtp(sealed, 0, packet.length));
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
        return packets().stream()
                .filter(packet -> packet.payloadType() == PCMU || packet.payloadType() == PCMA)
                .toList();
    }

    /** How often nothing was heard for so long between two packets. */
    long pauses(Duration least) {
        List<Packet> audio = audioPackets();
        return IntStream.range(1, audio.size())
                .filter(i -> audio.get(i).nanos() - audio.get(i - 1).nanos() >= least.toNanos())
                .count();
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
            if (at >= 0 && at + payload.length <= length && packet.payloadType() == PCMA) {
                G711.decodeA(payload, 0, payload.length, pcm, at);
            } else if (at >= 0 && at + payload.length <= length) {
                G711.decodeMu(payload, 0, payload.length, pcm, at);
            }
        }
        return pcm;
    }

    /** Waits until so much audio has come from now on, and gives it. */
    short[] hear(Duration length) {
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
