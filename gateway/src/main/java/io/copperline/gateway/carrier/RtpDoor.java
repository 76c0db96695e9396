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
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The ports of a phone and the keys of its audio. It tells of what should not come. One thread reads and sends. */
final class RtpDoor implements AutoCloseable {
    static final int LARGEST = 2048;
    static final int RTP_HEADER_BYTES = 12;
    private static final int MOST_TRIES = 20;

    private final DatagramSocket rtp;
    /** Nothing is read from it: it keeps the port beside ours from another program's packets. */
    private final DatagramSocket rtcp;

    private final Optional<SrtpKey> own;
    private final Optional<SrtpSender> sealer;
    private final Consumer<Violation> told;
    private final Set<String> complained = new HashSet<>();
    private final DatagramPacket packet = new DatagramPacket(new byte[0], 0);
    private volatile Optional<SrtpReceiver> opener = Optional.empty();
    private volatile Set<Integer> agreed = Set.of();

    /**
     * @param encrypted whether it has a key
     * @param told hears of violations, on the thread that reads
     */
    RtpDoor(InetAddress here, boolean encrypted, SecureRandom random, Consumer<Violation> told) throws SocketException {
        this.told = told;
        own = encrypted ? Optional.of(newKey(random)) : Optional.empty();
        sealer = own.map(SrtpSender::new);
        DatagramSocket[] pair = pair(here);
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

    /** What offer and answer have come to, before anything is read. */
    void agree(Set<Integer> payloadTypes, Optional<SrtpKey> theirs) {
        agreed = Set.copyOf(payloadTypes);
        opener = theirs.map(SrtpReceiver::new);
    }

    int port() {
        return rtp.getLocalPort();
    }

    Optional<String> inlineKey() {
        return own.map(SrtpKey::revealInline);
    }

    boolean isClosed() {
        return rtp.isClosed();
    }

    /**
     * Waits for a packet, decrypted.
     *
     * @param bytes room for {@link #LARGEST} and a trailer of SRTP
     * @param millis how long; 0 for as long as it takes
     * @return its length; 0 for nothing that can be used
     */
    int receive(byte[] bytes, int millis) {
        try {
            rtp.setSoTimeout(millis);
            packet.setData(bytes, 0, LARGEST);
            rtp.receive(packet);
        } catch (SocketTimeoutException e) {
            return 0;
        } catch (IOException e) {
            return 0; // hung up, or an ICMP error
        }
        int length = packet.getLength();
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
        return plain;
    }

    /** Where the last packet came from. */
    InetSocketAddress heardFrom() {
        return (InetSocketAddress) packet.getSocketAddress();
    }

    /** Sends a packet, encrypted where audio is; there must be room for a trailer behind it. */
    void send(byte[] bytes, int length, InetSocketAddress to) {
        int sealed = sealer.map(srtp -> srtp.protectRtp(bytes, 0, length)).orElse(length);
        try {
            rtp.send(new DatagramPacket(bytes, sealed, to));
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
            told.accept(new Violation("RTP", habit, expected, got, 0));
        }
    }

    @Override
    public void close() {
        rtp.close();
        rtcp.close();
    }
}
