package io.copperline.gateway.carrier;

import io.copperline.codecs.srtp.SrtpKey;
import io.copperline.codecs.srtp.SrtpProfile;
import io.copperline.codecs.srtp.SrtpReceiver;
import io.copperline.codecs.srtp.SrtpSender;
import io.copperline.config.CarrierHabits.Reporting;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The ports of a phone, the keys of its audio, and its reports. It tells of what should not come. One thread reads and sends; where reports
 * have a port of their own, another one reads that.
 */
final class RtpDoor implements AutoCloseable {
    static final int LARGEST = 2048;
    static final int RTP_HEADER_BYTES = 12;
    private static final int MOST_TRIES = 20;

    /** What doors are made with. */
    record Parts(
            InetAddress here,
            Reporting reporting,
            SecureRandom random,
            LongSupplier nanoTime,
            Consumer<Violation> told) {}

    /** What offer and answer have come to. */
    private record Agreed(
            Set<Integer> payloadTypes, Reports reports, Optional<InetSocketAddress> rtcp, boolean muxed) {}

    /** Ours, and theirs once it is known. SRTCP has a context of its own, so that each thread has one. */
    private record Keys(SrtpReceiver rtp, SrtpReceiver rtcp) {}

    private final Parts parts;
    private final DatagramSocket rtp;
    private final DatagramSocket rtcp;
    private final int ssrc;
    private final Optional<SrtpKey> own;
    private final Optional<SrtpSender> sealer;
    private final Set<String> complained = ConcurrentHashMap.newKeySet();
    private final DatagramPacket packet = new DatagramPacket(new byte[0], 0);
    private volatile Optional<Keys> opener = Optional.empty();
    private volatile Optional<Agreed> agreed = Optional.empty();

    /** @param encrypted whether it has a key */
    RtpDoor(Parts parts, boolean encrypted) throws SocketException {
        this.parts = parts;
        own = encrypted ? Optional.of(newKey(parts.random())) : Optional.empty();
        sealer = own.map(SrtpSender::new);
        ssrc = parts.random().nextInt();
        DatagramSocket[] pair = pair(parts.here());
        rtp = pair[0];
        rtcp = pair[1];
    }

    private static SrtpKey newKey(SecureRandom random) {
        byte[] material = new byte[AudioOffer.SUITE.keyBytes() + AudioOffer.SUITE.saltBytes()];
        random.nextBytes(material);
        return SrtpKey.of(AudioOffer.SUITE, material);
    }

    private static DatagramSocket[] pair(InetAddress here) throws SocketException {
        for (int i = 0; i < MOST_TRIES; i++) {
            DatagramSocket first = new DatagramSocket(new InetSocketAddress(here, 0));
            try {
                return new DatagramSocket[] {
                    first, new DatagramSocket(new InetSocketAddress(here, first.getLocalPort() + 1))
                };
            } catch (SocketException | IllegalArgumentException e) {
                first.close();
            }
        }
        throw new SocketException("no two free ports side by side");
    }

    /**
     * Before anything is read.
     *
     * @param theirs what they have offered or answered
     * @param payloadTypes what may come
     * @param key of their audio
     */
    void agree(AudioOffer theirs, Set<Integer> payloadTypes, int clockRateHz, Optional<SrtpKey> key) {
        boolean muxed = parts.reporting() == Reporting.MUX && theirs.muxed();
        Reports reports = new Reports(ssrc, clockRateHz, parts.random().nextDouble() - 0.5);
        Optional<InetSocketAddress> to =
                parts.reporting() == Reporting.OFF ? Optional.empty() : muxed ? theirs.rtp() : theirs.rtcp();
        opener = key.map(theirKey -> new Keys(new SrtpReceiver(theirKey), new SrtpReceiver(theirKey)));
        agreed = Optional.of(new Agreed(Set.copyOf(payloadTypes), reports, to, muxed));
        if (!muxed) {
            Thread.ofVirtual().name("rtcp").start(() -> listen(reports));
        }
    }

    private void listen(Reports reports) {
        byte[] bytes = buffer();
        DatagramPacket report = new DatagramPacket(bytes, LARGEST);
        while (!rtcp.isClosed()) {
            try {
                report.setLength(LARGEST);
                rtcp.receive(report);
                onReports(reports, bytes, report.getLength());
            } catch (IOException e) {
                // hung up, or an ICMP error
            }
        }
    }

    private void onReports(Reports reports, byte[] bytes, int length) {
        int plain =
                opener.map(keys -> keys.rtcp().unprotectRtcp(bytes, 0, length)).orElse(length);
        if (plain < 0) {
            complain("media", "reports under the key of the offer", "one that is not");
        } else if (!reports.onReports(bytes, plain, parts.nanoTime().getAsLong())) {
            complain("form", "RTCP that begins with a report", plain + " bytes of something else");
        }
    }

    /** Where it hears. */
    int port() {
        return rtp.getLocalPort();
    }

    /** Of what it sends. */
    int ssrc() {
        return ssrc;
    }

    /** Its key, as it stands in SDP; empty where audio is not encrypted. */
    Optional<String> inlineKey() {
        return own.map(SrtpKey::revealInline);
    }

    /** Whether reports share the port of audio (RFC 5761); before it is agreed on: whether we would. */
    boolean muxed() {
        return agreed.map(Agreed::muxed).orElse(parts.reporting() == Reporting.MUX);
    }

    boolean isClosed() {
        return rtp.isClosed();
    }

    /** What the other side has told of our audio. */
    Reports.Told told() {
        return agreed.map(one -> one.reports().told()).orElse(Reports.Told.NOTHING);
    }

    /**
     * Waits for a packet of audio, decrypted.
     *
     * @param bytes room for {@link #LARGEST} and a trailer of SRTP
     * @param millis how long
     * @return its length; 0 for nothing that can be used
     */
    int receive(byte[] bytes, int millis) {
        try {
            rtp.setSoTimeout(millis);
            packet.setData(bytes, 0, LARGEST);
            rtp.receive(packet);
        } catch (IOException e) {
            return 0; // nothing came, or it has been hung up, or an ICMP error
        }
        int length = packet.getLength();
        Agreed now = agreed.orElseThrow();
        if (Reports.looksLike(bytes, length)) {
            if (now.muxed()) {
                onReports(now.reports(), bytes, length);
            } else {
                complain("rtcp", "reports on the port after that of audio", "one on the same");
            }
            return 0;
        }
        if (length < RTP_HEADER_BYTES || bytes[0] >> 6 != -2) { // version 2, in the two highest bits
            complain("form", "RTP", length + " bytes of something else");
            return 0;
        }
        int plain =
                opener.map(keys -> keys.rtp().unprotectRtp(bytes, 0, length)).orElse(length);
        if (plain < 0) {
            complain("media", "packets under the key of the offer", "one that is not");
            return 0;
        }
        int payloadType = bytes[1] & 0x7f;
        if (!now.payloadTypes().contains(payloadType)) {
            complain("codecs", "payload types " + now.payloadTypes(), "" + payloadType);
        }
        now.reports().onReceived(bytes, parts.nanoTime().getAsLong());
        return plain;
    }

    /** Where the last packet came from. */
    InetSocketAddress heardFrom() {
        return (InetSocketAddress) packet.getSocketAddress();
    }

    /** Sends a packet, encrypted where audio is; there must be room for a trailer behind it. */
    void send(byte[] bytes, int length, InetSocketAddress to) {
        agreed.orElseThrow().reports().onSent(bytes, length, parts.nanoTime().getAsLong());
        int sealed = sealer.map(srtp -> srtp.protectRtp(bytes, 0, length)).orElse(length);
        send(rtp, bytes, sealed, to);
    }

    /** Sends a report where one is due; to be asked several times in a second. */
    void report() {
        Agreed now = agreed.orElseThrow();
        long nanos = parts.nanoTime().getAsLong();
        if (now.rtcp().isPresent() && now.reports().due(nanos)) {
            byte[] bytes = new byte[Reports.LARGEST + SrtpProfile.MAX_TRAILER_BYTES];
            int length = now.reports().write(bytes, nanos);
            int sealed = sealer.map(srtp -> srtp.protectRtcp(bytes, 0, length)).orElse(length);
            send(now.muxed() ? rtp : rtcp, bytes, sealed, now.rtcp().get());
        }
    }

    private static void send(DatagramSocket socket, byte[] bytes, int length, InetSocketAddress to) {
        try {
            socket.send(new DatagramPacket(bytes, length, to));
        } catch (IOException e) {
            // Hung up, or one packet that could not go.
        }
    }

    /** A buffer for {@link #receive} and {@link #send}. */
    static byte[] buffer() {
        return new byte[LARGEST + SrtpProfile.MAX_TRAILER_BYTES];
    }

    /** Once of each kind: a stream has fifty packets in a second. */
    private void complain(String habit, String expected, String got) {
        if (complained.add(habit)) {
            parts.told().accept(new Violation("RTP", habit, expected, got, 0));
        }
    }

    @Override
    public void close() {
        rtp.close();
        rtcp.close();
    }
}
