package io.copperline.codecs.srtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.rtp.RtpHeader;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpTest {
    private static final int OFF = 7;
    private static final int LEN = 172;

    private static SrtpKey key(SrtpProfile profile, int seed) {
        Random random = new Random(seed);
        byte[] key = new byte[profile.keyBytes()];
        byte[] salt = new byte[profile.saltBytes()];
        random.nextBytes(key);
        random.nextBytes(salt);
        return new SrtpKey(profile, key, salt);
    }

    private static byte[] packet(int sequence, int ssrc) {
        byte[] packet = new byte[OFF + LEN + SrtpProfile.MAX_TRAILER_BYTES];
        Arrays.fill(packet, OFF, OFF + LEN, (byte) sequence);
        RtpHeader.write(packet, OFF, 0, false, sequence & 0xffff, sequence * 160L, ssrc);
        return packet;
    }

    @ParameterizedTest
    @EnumSource
    void opensWhatItSealedAcrossARollOver(SrtpProfile profile) {
        SrtpSender sender = new SrtpSender(key(profile, 1));
        SrtpReceiver receiver = new SrtpReceiver(key(profile, 1));
        for (int i = 65_000; i < 65_536 * 2 + 100; i += 1) {
            byte[] packet = packet(i, 5);
            int sealed = sender.protectRtp(packet, OFF, LEN);
            assertEquals(LEN + profile.tagBytes(), sealed);
            assertEquals(LEN, receiver.unprotectRtp(packet, OFF, sealed), "packet " + i);
            assertArrayEquals(packet(i, 5), Arrays.copyOf(Arrays.copyOf(packet, OFF + LEN), packet.length));
        }
    }

    @ParameterizedTest
    @EnumSource
    void dropsReplayedAndForgedPackets(SrtpProfile profile) {
        SrtpSender sender = new SrtpSender(key(profile, 1));
        SrtpReceiver receiver = new SrtpReceiver(key(profile, 1));
        byte[] first = packet(1, 5);
        int sealed = sender.protectRtp(first, OFF, LEN);
        byte[] forged = first.clone();
        forged[OFF + 20] ^= 1;
        byte[] copy = first.clone();
        assertEquals(SrtpReceiver.FORGED, receiver.unprotectRtp(forged, OFF, sealed));
        assertEquals(LEN, receiver.unprotectRtp(first, OFF, sealed));
        assertEquals(SrtpReceiver.REPLAYED, receiver.unprotectRtp(copy, OFF, sealed));
        assertEquals(SrtpReceiver.MALFORMED, receiver.unprotectRtp(copy, OFF, 15));
    }

    @ParameterizedTest
    @EnumSource
    void aForgedPacketFarAheadMovesNothing(SrtpProfile profile) {
        SrtpSender sender = new SrtpSender(key(profile, 1));
        SrtpReceiver receiver = new SrtpReceiver(key(profile, 1));
        for (int i = 0; i < 10; i++) {
            byte[] packet = packet(i, 5);
            receiver.unprotectRtp(packet, OFF, sender.protectRtp(packet, OFF, LEN));
            byte[] spoofed = packet(i + 30_000, 5);
            assertEquals(SrtpReceiver.FORGED, receiver.unprotectRtp(spoofed, OFF, LEN + 16));
        }
        byte[] packet = packet(10, 5);
        assertEquals(LEN, receiver.unprotectRtp(packet, OFF, sender.protectRtp(packet, OFF, LEN)));
    }

    @ParameterizedTest
    @EnumSource
    void rtcpRoundTripAndReplay(SrtpProfile profile) {
        SrtpSender sender = new SrtpSender(key(profile, 2));
        SrtpReceiver receiver = new SrtpReceiver(key(profile, 2));
        for (int i = 0; i < 5; i++) {
            byte[] packet = new byte[100];
            new Random(i).nextBytes(packet);
            byte[] plain = packet.clone();
            int sealed = sender.protectRtcp(packet, 3, 52);
            byte[] copy = packet.clone();
            assertEquals(52, receiver.unprotectRtcp(packet, 3, sealed));
            assertArrayEquals(Arrays.copyOfRange(plain, 3, 55), Arrays.copyOfRange(packet, 3, 55));
            // The SSRC is random here, so every packet is another stream; a replay of each is known all the same.
            assertEquals(SrtpReceiver.REPLAYED, receiver.unprotectRtcp(copy, 3, sealed));
            copy[3 + 9] ^= 1;
            copy[3 + 7] ^= 1;
            assertEquals(SrtpReceiver.FORGED, receiver.unprotectRtcp(copy, 3, sealed));
        }
    }

    @ParameterizedTest
    @EnumSource
    void streamsAreBounded(SrtpProfile profile) {
        SrtpReceiver receiver = new SrtpReceiver(key(profile, 1));
        for (int ssrc = 0; ssrc < 17; ssrc++) {
            byte[] packet = packet(1, ssrc);
            int sealed = new SrtpSender(key(profile, 1)).protectRtp(packet, OFF, LEN);
            int expected = ssrc < 16 ? LEN : SrtpReceiver.TOO_MANY_STREAMS;
            assertEquals(expected, receiver.unprotectRtp(packet, OFF, sealed));
        }
    }

    @ParameterizedTest
    @EnumSource(names = "AES_CM_128_HMAC_SHA1_80")
    void theWindowKnowsATousandPackets(SrtpProfile profile) {
        ReplayWindow window = new ReplayWindow();
        window.commit(5_000);
        assertFalse(window.isFresh(5_000));
        assertTrue(window.isFresh(5_000 - 1_023));
        assertFalse(window.isFresh(5_000 - 1_024));
        window.commit(5_001 + 1_023);
        assertTrue(window.isFresh(5_002));
    }
}
