package io.copperline.gateway.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.codecs.srtp.SrtpKey;
import io.copperline.codecs.srtp.SrtpKeys;
import io.copperline.codecs.srtp.SrtpProfile;
import io.copperline.codecs.srtp.SrtpReceiver;
import io.copperline.codecs.srtp.SrtpSender;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A trunk's stream under keys from the SDP, and a carrier that has the same keys. */
class EncryptedTrunkTest {
    private static final InetSocketAddress CARRIER = at("198.51.100.9", 30_000);
    private static final InetSocketAddress REPORTS = at("198.51.100.9", 30_001);
    private static final InetSocketAddress SPOOFER = at("203.0.113.66", 6_666);
    private static final int SSRC = 77;
    private static final int PAYLOAD_BYTES = 160;
    private static final int LEN = RtpHeader.FIXED_BYTES + PAYLOAD_BYTES;

    private final Wire rtp = new Wire();
    private final Wire rtcp = new Wire();
    private final Drops<TrunkDrop> drops = new Drops<>(TrunkDrop.class);
    private final List<byte[]> heard = new ArrayList<>();
    private final TrunkStream stream = new TrunkStream(rtp, rtcp, true, drops, new Ear(), new Random(5), 0, 0);

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    private record Sent(byte[] bytes, InetSocketAddress to) {}

    private static final class Wire implements Door {
        final List<Sent> sent = new ArrayList<>();

        @Override
        public int port() {
            return 20_000;
        }

        @Override
        public void write(byte[] buf, int off, int len, InetSocketAddress to) {
            sent.add(new Sent(Arrays.copyOfRange(buf, off, off + len), to));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private final class Ear extends Deaf {
        @Override
        public void audio(byte[] packet, int off, int len, long nowNanos) {
            heard.add(Arrays.copyOfRange(packet, off, off + len));
        }
    }

    private static SrtpKey key(SrtpProfile profile, int seed) {
        byte[] material = new byte[profile.keyBytes() + profile.saltBytes()];
        new Random(seed).nextBytes(material);
        return SrtpKey.of(profile, material);
    }

    private static SrtpKeys keys(int ours, int theirs) {
        SrtpProfile profile = SrtpProfile.AES_CM_128_HMAC_SHA1_80;
        return new SrtpKeys(key(profile, ours), key(profile, theirs));
    }

    private void agree(SrtpKeys keys) {
        stream.agreed(new TrunkAudio().at(CARRIER, REPORTS).encrypted(keys).agreed());
    }

    private static byte[] plain(int sequence) {
        byte[] packet = new byte[LEN];
        Arrays.fill(packet, (byte) sequence);
        RtpHeader.write(packet, 0, 0, false, sequence & 0xffff, sequence * 160L, SSRC);
        return packet;
    }

    private static byte[] sealed(SrtpSender sender, int sequence) {
        byte[] packet = Arrays.copyOf(plain(sequence), LEN + TrunkStream.TAILROOM_BYTES);
        return Arrays.copyOf(packet, sender.protectRtp(packet, 0, LEN));
    }

    private void receive(byte[] packet, InetSocketAddress from) {
        stream.onRtp(packet.clone(), 0, packet.length, from, 0);
    }

    private byte[] send() {
        byte[] packet = new byte[TrunkStream.HEADROOM_BYTES + PAYLOAD_BYTES + TrunkStream.TAILROOM_BYTES];
        assertTrue(stream.send(packet, TrunkStream.HEADROOM_BYTES, PAYLOAD_BYTES, 0, 160, false, 0));
        return rtp.sent.getLast().bytes();
    }

    @ParameterizedTest
    @EnumSource
    void bothDirectionsAndTheReportsAreEncrypted(SrtpProfile profile) {
        SrtpKeys keys = new SrtpKeys(key(profile, 1), key(profile, 2));
        agree(keys);
        receive(sealed(new SrtpSender(keys.remote()), 9), CARRIER);
        assertArrayEquals(plain(9), heard.getFirst());
        SrtpReceiver carrier = new SrtpReceiver(keys.local());
        byte[] audio = send();
        assertEquals(LEN + profile.tagBytes(), audio.length);
        assertEquals(LEN, carrier.unprotectRtp(audio, 0, audio.length));
        stream.onTick(TimeUnit.SECONDS.toNanos(20));
        byte[] report = rtcp.sent.getFirst().bytes();
        assertTrue(carrier.unprotectRtcp(report, 0, report.length) > 0);
    }

    @Test
    void reportsOfThePeerAreOpenedAndForgedOnesDropped() {
        SrtpKeys keys = keys(1, 2);
        agree(keys);
        byte[] report = new byte[8 + TrunkStream.TAILROOM_BYTES];
        report[0] = (byte) 0x80;
        report[1] = (byte) 201; // an empty receiver report
        report[3] = 1;
        int len = new SrtpSender(keys.remote()).protectRtcp(report, 0, 8);
        stream.onRtcp(report.clone(), 0, len, REPORTS, 0);
        assertEquals(0, drops.total(TrunkDrop.MALFORMED));
        report[9] ^= 1;
        stream.onRtcp(report, 0, len, REPORTS, 0);
        assertEquals(1, drops.total(TrunkDrop.FORGED));
    }

    @Test
    void whatIsNotAuthenticMovesNoLatch() {
        SrtpKeys keys = keys(1, 2);
        agree(keys);
        SrtpSender stranger = new SrtpSender(key(SrtpProfile.AES_CM_128_HMAC_SHA1_80, 99));
        for (int i = 0; i < 20; i++) {
            receive(plain(i), SPOOFER);
            receive(sealed(stranger, i), SPOOFER);
        }
        assertEquals(40, drops.total(TrunkDrop.FORGED));
        assertEquals(List.of(), heard);
        send();
        assertEquals(CARRIER, rtp.sent.getLast().to());
        SrtpSender carrier = new SrtpSender(keys.remote());
        for (int i = 0; i < 10; i++) {
            receive(sealed(carrier, i), CARRIER);
        }
        assertEquals(10, heard.size());
    }

    @Test
    void aPacketIsHeardOnce() {
        SrtpKeys keys = keys(1, 2);
        agree(keys);
        byte[] packet = sealed(new SrtpSender(keys.remote()), 1);
        receive(packet, CARRIER);
        receive(packet, CARRIER);
        assertEquals(1, heard.size());
        assertEquals(1, drops.total(TrunkDrop.REPLAYED));
    }

    @Test
    void aRefreshKeepsTheRollOverCountersAndARekeyBeginsAnew() {
        agree(keys(1, 2));
        SrtpSender carrier = new SrtpSender(keys(1, 2).remote());
        SrtpReceiver ear = new SrtpReceiver(keys(1, 2).local());
        for (int i = 1; i < 70_000; i++) {
            byte[] packet = sealed(carrier, i);
            receive(packet, CARRIER);
            byte[] audio = send();
            assertEquals(LEN, ear.unprotectRtp(audio, 0, audio.length), "packet " + i);
            if (i == 66_000) {
                agree(keys(1, 2));
            }
        }
        assertEquals(69_999, heard.size());
        agree(keys(3, 4));
        receive(sealed(carrier, 70_000), CARRIER);
        assertEquals(70_000, heard.size(), "the peer has not seen our answer yet");
        receive(sealed(new SrtpSender(keys(3, 4).remote()), 70_001), CARRIER);
        assertEquals(70_001, heard.size());
        receive(sealed(carrier, 70_002), CARRIER);
        assertEquals(70_001, heard.size(), "the old key is over");
        byte[] audio = send();
        assertNotEquals(LEN, ear.unprotectRtp(audio.clone(), 0, audio.length));
        assertEquals(LEN, new SrtpReceiver(keys(3, 4).local()).unprotectRtp(audio, 0, audio.length));
    }
}
