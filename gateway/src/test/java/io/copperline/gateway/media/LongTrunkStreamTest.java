package io.copperline.gateway.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.codecs.srtp.SrtpKey;
import io.copperline.codecs.srtp.SrtpKeys;
import io.copperline.codecs.srtp.SrtpProfile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** An encrypted trunk leg against another one for two hours of 20 ms packets: five times around the sequence numbers. */
class LongTrunkStreamTest {
    private static final int WRAPS = 5;
    private static final int PACKETS = WRAPS * 65_536 + 1_000;
    private static final int SAMPLES = 160;
    private static final int PAYLOAD_BYTES = 24;
    private static final long PACKET_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int HOLD_EVERY = 40_000;
    /** Timestamps wrap within the call, too. */
    private static final long FIRST_TIMESTAMP = 0xffff_ffffL - 20_000_000;

    private final Drops<TrunkDrop> drops = new Drops<>(TrunkDrop.class);
    private long nowNanos = 1_000_000_000L;
    private final byte[] packet = new byte[TrunkStream.HEADROOM_BYTES + PAYLOAD_BYTES + TrunkStream.TAILROOM_BYTES];

    /** One end; what it sends goes straight to the other. */
    private final class End extends Deaf {
        private final InetSocketAddress rtp;
        private final TrunkStream stream;
        private final NegotiatedAudio agreed;
        private final byte[] payload = new byte[PAYLOAD_BYTES];
        private End other;
        private long heard;
        private long reports;
        private long timestamp = FIRST_TIMESTAMP;
        private long heardTimestamp;
        private int sequence = -1;

        End(int port, int otherPort, SrtpKeys keys, long seed) {
            rtp = address(port);
            stream = new TrunkStream(new Wire(false), new Wire(true), true, drops, this, new Random(seed), nowNanos, 0);
            agreed = new TrunkAudio()
                    .at(address(otherPort), address(otherPort + 1))
                    .encrypted(keys)
                    .agreed();
            stream.agreed(agreed);
        }

        /** Our side of the line, which carries what is written to the other end. */
        private final class Wire implements Door {
            private final boolean rtcp;

            Wire(boolean rtcp) {
                this.rtcp = rtcp;
            }

            @Override
            public int port() {
                return rtp.getPort() + (rtcp ? 1 : 0);
            }

            @Override
            public void write(byte[] buf, int off, int len, InetSocketAddress to) {
                if (rtcp) {
                    reports++;
                    other.stream.onRtcp(buf, off, len, address(port()), nowNanos);
                } else {
                    other.stream.onRtp(buf, off, len, rtp, nowNanos);
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        }

        void speak(int number) {
            for (int i = 0; i < PAYLOAD_BYTES; i++) {
                payload[i] = (byte) (number * 31 + i);
            }
            System.arraycopy(payload, 0, packet, TrunkStream.HEADROOM_BYTES, PAYLOAD_BYTES);
            assertTrue(stream.send(packet, TrunkStream.HEADROOM_BYTES, PAYLOAD_BYTES, 0, timestamp, false, nowNanos));
            timestamp = (timestamp + SAMPLES) & 0xffff_ffffL;
            stream.onTick(nowNanos);
        }

        @Override
        public void audio(byte[] buf, int off, int len, long now) {
            heard++;
            heardTimestamp = RtpHeader.timestamp(buf, off);
            int next = RtpHeader.sequence(buf, off);
            assertTrue(sequence < 0 || next == ((sequence + 1) & 0xffff), "one after the other");
            sequence = next;
            byte[] opened = new byte[PAYLOAD_BYTES];
            System.arraycopy(buf, off + RtpHeader.FIXED_BYTES, opened, 0, PAYLOAD_BYTES);
            assertArrayEquals(other.payload, opened);
        }
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static SrtpKey key(SrtpProfile profile, int seed) {
        byte[] material = new byte[profile.keyBytes() + profile.saltBytes()];
        new Random(seed).nextBytes(material);
        return SrtpKey.of(profile, material);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"AES_CM_128_HMAC_SHA1_80", "AEAD_AES_256_GCM"})
    void isHeardWholeHoweverOftenItsNumbersComeRound(SrtpProfile profile) {
        SrtpKey here = key(profile, 1);
        SrtpKey there = key(profile, 2);
        End one = new End(30_000, 40_000, new SrtpKeys(here, there), 3);
        End two = new End(40_000, 30_000, new SrtpKeys(there, here), 4);
        one.other = two;
        two.other = one;
        for (int number = 0; number < PACKETS; number++, nowNanos += PACKET_NANOS) {
            one.speak(number);
            two.speak(number);
            if (number % HOLD_EVERY == HOLD_EVERY - 1) { // A re-INVITE says the same again, keys and all.
                one.stream.agreed(one.agreed);
                two.stream.agreed(two.agreed);
            }
        }
        for (End end : new End[] {one, two}) {
            assertEquals(PACKETS, end.heard);
            assertEquals((FIRST_TIMESTAMP + (PACKETS - 1L) * SAMPLES) & 0xffff_ffffL, end.heardTimestamp);
            assertEquals(PACKETS, end.stream.figures().packetsReceived());
            assertEquals(0, end.stream.figures().packetsLost());
            assertEquals(0.0, end.stream.figures().jitterMillis());
            long seconds = TimeUnit.NANOSECONDS.toSeconds(PACKETS * PACKET_NANOS);
            assertTrue(end.reports > seconds / 10 && end.reports < seconds, "every 5 s or so: " + end.reports);
            assertEquals(0, end.stream.remoteReports().fractionLost());
        }
        for (TrunkDrop drop : TrunkDrop.values()) {
            assertEquals(0, drops.total(drop), drop::name);
        }
    }
}
