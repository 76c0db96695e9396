package io.copperline.gateway.media;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.audio.Cadence;
import io.copperline.codecs.audio.Opus;
import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.sip.SipTransport;
import io.copperline.sip.TrunkSettings;
import io.copperline.webrtc.PeerConnection;
import io.copperline.webrtc.PeerEvent;
import io.copperline.webrtc.PeerSettings;
import io.copperline.webrtc.PeerSink;
import io.copperline.webrtc.SessionDescription;
import io.copperline.webrtc.dtls.DtlsCertificate;
import io.copperline.webrtc.ice.IceCandidate;
import io.copperline.webrtc.ice.TransportAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A browser, the gateway's two directions and a trunk in simulated time: the browser's side goes through a seeded lossy
 * network, the trunk's through a wire that loses nothing.
 */
final class SimulatedCall implements MediaListener {
    static final int EVENT_TYPE = 101;
    static final TrunkSettings TRUNK =
            TrunkSettings.to("carrier", "198.51.100.9", 5060, SipTransport.UDP).build();

    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    static final InetSocketAddress CARRIER = new InetSocketAddress(InetAddress.ofLiteral("198.51.100.9"), 30_000);
    private static final DtlsCertificate CERTIFICATE =
            DtlsCertificate.create(new SecureRandom(), Instant.ofEpochSecond(1_800_000_000));
    private static final Opus OPUS = Opus.load(Optional.empty());

    private record Flying(long arrivesNanos, long order, byte[] bytes, TransportAddress from, End to) {}

    /** One end of the browser's network. */
    final class End implements PeerSink {
        final TransportAddress address;
        final PeerConnection peer;
        final List<byte[]> packets = new ArrayList<>();

        End(String literal, boolean lite) {
            address = TransportAddress.udp(new InetSocketAddress(InetAddress.ofLiteral(literal), 4_000));
            PeerSettings settings =
                    PeerSettings.gateway(List.of(IceCandidate.host(address.socket(), 0)), List.of(codec));
            peer = new PeerConnection(
                    lite ? settings : settings.withFullIce(),
                    CERTIFICATE,
                    seeded(network.nextLong()),
                    task -> Thread.ofVirtual().start(task),
                    () -> {},
                    nowNanos,
                    0);
        }

        @Override
        public void transmit(byte[] buf, int off, int len, TransportAddress to) {
            End target = to.equals(gateway.address) ? gateway : browser;
            boolean handshake = (buf[off] & 0xff) < 128;
            if (handshake || network.nextDouble() >= loss) {
                long delay = TimeUnit.MILLISECONDS.toNanos(20 + network.nextInt(15));
                flying.add(new Flying(
                        nowNanos + delay, order++, Arrays.copyOfRange(buf, off, off + len), address, target));
            }
        }

        @Override
        public void validated(TransportAddress remote) {}

        @Override
        public void rtp(byte[] buf, int off, int len) {
            if (this == gateway) {
                towardsTrunk.onRtp(buf, off, len, nowNanos);
            } else {
                packets.add(Arrays.copyOfRange(buf, off, off + len));
                heard.put(buf, off, len, nowNanos);
            }
        }

        @Override
        public void event(PeerEvent event) {}
    }

    /** The seed of the network decides what a peer draws, too: when it reports, and so which packets are lost. */
    private static SecureRandom seeded(long seed) {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(seed);
            return random;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private final PriorityQueue<Flying> flying =
            new PriorityQueue<>(Comparator.comparingLong(Flying::arrivesNanos).thenComparingLong(Flying::order));
    private final AudioCodec codec;
    private final Random network;
    private final double loss;
    private final Workshop workshop = new Workshop(OPUS);
    /** What was said of the browser's sound. */
    final List<MediaTrouble> troubles = new ArrayList<>();

    final MediaWatch watch = MediaWatch.ofBrowser((trouble, _) -> troubles.add(trouble));
    private final TrunkStream stream;
    private long order;
    long nowNanos = 5_000_000_000L;

    final End browser;
    final End gateway;
    final DigitsFromTrunk digitsFromTrunk = new DigitsFromTrunk(this);
    final TowardsTrunk towardsTrunk;
    final TowardsBrowser towardsBrowser;
    /** What the browser would play. */
    WaitingRoom heard;

    final List<byte[]> onWire = new ArrayList<>();
    final StringBuilder digitsToPhone = new StringBuilder();
    final StringBuilder digitsFromPhone = new StringBuilder();
    final StringBuilder tonesFromPhone = new StringBuilder();

    SimulatedCall(long seed, double loss) throws Exception {
        this(seed, loss, UnaryOperator.identity());
    }

    /** @param offering what becomes of the browser's offer before we see it */
    SimulatedCall(long seed, double loss, UnaryOperator<String> offering) throws Exception {
        this(seed, loss, AudioCodec.OPUS, offering);
    }

    /** @param codec the browser's */
    SimulatedCall(long seed, double loss, AudioCodec codec, UnaryOperator<String> offering) throws Exception {
        this.codec = codec;
        network = new Random(seed);
        this.loss = loss;
        browser = new End("198.51.100.1", false);
        gateway = new End("192.0.2.1", true);
        towardsTrunk = new TowardsTrunk(workshop, this, watch);
        towardsBrowser = new TowardsBrowser(workshop, digitsFromTrunk, watch, Cadence.US_RINGBACK);
        String offer = offering.apply(browser.peer.createOffer().sdp());
        browser.peer.setAnswer(gateway.peer.answer(SessionDescription.offer(offer), nowNanos), nowNanos);
        towardsTrunk.browser(gateway.peer.media().orElseThrow());
        towardsBrowser.browser(gateway.peer.media().orElseThrow());
        stream = new TrunkStream(
                new KeptDoor(onWire),
                new KeptDoor(onWire),
                true,
                new Drops<>(TrunkDrop.class),
                trunkSink(),
                new Random(seed),
                nowNanos,
                0);
        agree(AudioCodec.PCMU, 20);
    }

    /** What the trunk's SDP comes to, with so much audio in each packet to it. */
    void agree(AudioCodec trunk, int ptimeMillis) {
        NegotiatedAudio agreed = new TrunkAudio().of(trunk).ptime(ptimeMillis).agreed();
        agree(agreed, TRUNK);
    }

    void agree(NegotiatedAudio agreed, TrunkSettings settings) {
        towardsTrunk.trunk(stream, agreed, settings);
        stream.agreed(agreed);
        towardsBrowser.trunk(agreed, settings);
        heard = workshop.waitingRoom(codec, Workshop.rateHz(codec, agreed.codec()));
    }

    private TrunkStream.Sink trunkSink() {
        return new TrunkStream.Sink() {
            @Override
            public void audio(byte[] packet, int off, int len, long now) {
                towardsBrowser.onAudio(packet, off, len, now);
                towardsBrowser.pass(packet, off, len, now, gateway.peer, gateway);
            }

            @Override
            public void digit(byte[] packet, int off, int len, long now) {
                towardsBrowser.onDigit(packet, off, len, now);
            }

            @Override
            public void comfortNoise(byte[] packet, int off, int len, long now) {
                towardsBrowser.onNoise(packet, off, len, now);
            }

            @Override
            public void latchedElsewhere() {}
        };
    }

    /** A packet from the carrier. */
    void fromCarrier(byte[] payload, int len, int type, int sequence, long timestamp, boolean marker) {
        byte[] packet = new byte[RtpHeader.FIXED_BYTES + len];
        RtpHeader.write(packet, 0, type, marker, sequence, timestamp, 77);
        System.arraycopy(payload, 0, packet, RtpHeader.FIXED_BYTES, len);
        stream.onRtp(packet, 0, packet.length, CARRIER, nowNanos);
    }

    void connect() {
        for (int i = 0; i < 5_000 && !(browser.peer.connected() && gateway.peer.connected()); i++) {
            step();
        }
        if (!browser.peer.connected()) {
            throw new IllegalStateException("not connected");
        }
    }

    /** Twenty milliseconds, with the gateway's tick at their end. */
    void tick() {
        for (int i = 0; i < 20; i++) {
            step();
        }
        towardsTrunk.onTick(nowNanos);
        towardsBrowser.onTick(nowNanos, gateway.peer, gateway);
    }

    private void step() {
        nowNanos += STEP_NANOS;
        while (!flying.isEmpty() && flying.peek().arrivesNanos <= nowNanos) {
            Flying datagram = flying.poll();
            datagram.to.peer.onDatagram(datagram.bytes, 0, datagram.bytes.length, datagram.from, nowNanos, datagram.to);
        }
        do {
            browser.peer.onTime(nowNanos, browser);
            gateway.peer.onTime(nowNanos, gateway);
        } while (!browser.peer.quiet() || !gateway.peer.quiet());
    }

    @Override
    public void digitToPhone(char digit, int durationMillis, DigitPath path) {
        digitsToPhone.append(digit);
    }

    @Override
    public void browserConnected() {}

    @Override
    public void browserFailed(BrowserFailure why) {}

    @Override
    public void trunkAudioStarted() {}

    @Override
    public void trunkAudioEnded() {}

    @Override
    public void audioFailed() {}

    @Override
    public void channelOpened(PageChannel channel) {}

    @Override
    public void channelText(PageChannel channel, String text) {}

    @Override
    public void channelClosed(PageChannel channel) {}

    @Override
    public void digitForInfo(char digit, int durationMillis) {}

    @Override
    public void digitFromPhone(char digit, int durationMillis, DigitPath path) {
        digitsFromPhone.append(digit);
        if (path == DigitPath.INBAND) {
            tonesFromPhone.append(digit);
        }
    }

    @Override
    public void quality(MediaQuality quality) {}

    @Override
    public void trouble(MediaTrouble trouble, boolean ofTrunk, long sinceNanos) {}

    static Opus opus() {
        return OPUS;
    }
}
