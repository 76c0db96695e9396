package io.copperline.gateway.carrier;

import io.copperline.codecs.srtp.SrtpKey;
import io.copperline.codecs.srtp.SrtpProfile;
import io.copperline.codecs.srtp.SrtpReceiver;
import io.copperline.codecs.srtp.SrtpSender;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Returns every packet of audio and every telephone-event to where it came from, and tells of those that were not agreed on. */
final class EchoPhone implements AutoCloseable {
    private static final int LARGEST = 2048;
    private static final int MOST_TRIES = 20;
    private static final int RTP_HEADER_BYTES = 12;

    private final DatagramSocket rtp;
    /** Nothing is read from it: it keeps the port beside ours from another program's packets. */
    private final DatagramSocket rtcp;

    private final Set<Integer> agreed;
    private final Consumer<Violation> told;
    private final Optional<SrtpReceiver> opener;
    private final Optional<SrtpSender> sealer;
    private final Optional<SrtpKey> own;
    private final Set<String> complained = new HashSet<>();

    /**
     * @param agreed the payload types of the answer
     * @param theirs the key of the offer; empty where audio is not encrypted
     * @param told hears of violations, on the phone's own thread
     */
    EchoPhone(
            InetAddress here,
            Set<Integer> agreed,
            Optional<SrtpKey> theirs,
            SecureRandom random,
            Consumer<Violation> told)
            throws SocketException {
        this.agreed = Set.copyOf(agreed);
        this.told = told;
        own = theirs.map(_ -> newKey(random));
        opener = theirs.map(SrtpReceiver::new);
        sealer = own.map(SrtpSender::new);
        DatagramSocket[] pair = pair(here);
        rtp = pair[0];
        rtcp = pair[1];
        Thread.ofVirtual().name("echo").start(this::echo);
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

    int port() {
        return rtp.getLocalPort();
    }

    /** Our key, as it stands in the answer. */
    Optional<String> inlineKey() {
        return own.map(SrtpKey::revealInline);
    }

    private void echo() {
        byte[] bytes = new byte[LARGEST + SrtpProfile.MAX_TRAILER_BYTES];
        while (!rtp.isClosed()) {
            DatagramPacket packet = new DatagramPacket(bytes, LARGEST);
            try {
                rtp.receive(packet);
                int length = turned(bytes, packet.getLength());
                if (length > 0) {
                    rtp.send(new DatagramPacket(bytes, length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                // Hung up, or one packet that could not go back.
            }
        }
    }

    /** The length of what goes back; 0 for nothing. */
    private int turned(byte[] bytes, int length) {
        if (length < RTP_HEADER_BYTES || bytes[0] >> 6 != -2) { // version 2, in the two highest bits
            complain("form", "RTP", length + " bytes of something else");
            return 0;
        }
        int plain = opener.map(srtp -> srtp.unprotectRtp(bytes, 0, length)).orElse(length);
        if (plain < 0) {
            complain("media", "packets under the key of the offer", "one that is not");
            return 0;
        }
        int payloadType = bytes[1] & 0x7f;
        if (!agreed.contains(payloadType)) {
            complain("codecs", "payload types " + agreed, "" + payloadType);
        }
        return sealer.map(srtp -> srtp.protectRtp(bytes, 0, plain)).orElse(plain);
    }

    /** Once of each kind: a stream has fifty packets in a second. */
    private void complain(String habit, String expected, String got) {
        if (complained.add(habit)) {
            told.accept(new Violation("RTP", habit, expected, got, 0));
        }
    }

    @Override
    public void close() {
        rtp.close();
        rtcp.close();
    }
}
