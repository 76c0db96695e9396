package io.copperline.webrtc.sctp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ten megabytes each way through bad weather: every byte arrives once, in order. */
class ManyMegabytesTest {
    private static final int TOTAL_BYTES = 10_000_000;

    /** Sends messages of all sizes as fast as the buffer takes them. */
    private static final class Source {
        final Peers.Peer peer;
        final Random sizes;
        final CRC32C sum = new CRC32C();
        int sentBytes;
        int sentMessages;

        Source(Peers.Peer peer, long seed) {
            this.peer = peer;
            sizes = new Random(seed);
        }

        void fill() {
            while (sentBytes < TOTAL_BYTES) {
                int most = sizes.nextInt(10) == 0 ? 100_000 : 3_000;
                byte[] message = new byte[Math.min(1 + sizes.nextInt(most), TOTAL_BYTES - sentBytes)];
                Random before = new Random(sentMessages);
                before.nextBytes(message);
                if (peer.association.send(7, 53, message, Delivery.RELIABLE) != SendResult.QUEUED) {
                    return;
                }
                sum.update(message);
                sentBytes += message.length;
                sentMessages++;
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        // loss, burst ms, duplication, delay, jitter, bits/s
        "0.00, 0, 0.00, 10, 0, 0",
        "0.01, 0, 0.00, 10, 0, 0",
        "0.05, 0, 0.00, 10, 0, 0",
        "0.20, 0, 0.00, 10, 0, 0",
        "0.01, 30, 0.00, 10, 0, 0",
        "0.01, 0, 0.05, 20, 15, 0",
        "0.00, 0, 0.00, 20, 0, 20000000",
        "0.005, 10, 0.02, 20, 5, 20000000",
    })
    void arrivesWholeAndInOrder(
            double loss, int burstMillis, double duplication, int delayMillis, int jitterMillis, long bitsPerSecond) {
        Peers peers = Peers.connected(
                7, new LossyPath.Weather(loss, burstMillis, duplication, delayMillis, jitterMillis, bitsPerSecond));
        Source left = new Source(peers.left, 1);
        Source right = new Source(peers.right, 2);
        peers.left.onUnqueued = left::fill;
        peers.right.onUnqueued = right::fill;
        left.fill();
        right.fill();
        long began = peers.path.nowNanos;
        assertTrue(
                peers.path.runUntil(
                        () -> peers.left.receivedBytes == TOTAL_BYTES && peers.right.receivedBytes == TOTAL_BYTES,
                        36_000_000),
                () -> "stuck at " + peers.left.receivedBytes + " " + peers.right.receivedBytes + " "
                        + peers.left.association.statistics() + peers.left.events + peers.right.events);
        if (Boolean.getBoolean("copperline.print")) {
            System.out.println(
                    "loss " + loss + " burst " + burstMillis + ": " + (peers.path.nowNanos - began) / 1_000_000
                            + " ms, " + peers.path.sent + " packets, " + peers.left.association.statistics());
        }
        check(left, peers.right);
        check(right, peers.left);
    }

    private static void check(Source from, Peers.Peer to) {
        assertEquals(from.sentMessages, to.messages.size());
        CRC32C sum = new CRC32C();
        to.messages.forEach(m -> sum.update(m.bytes()));
        assertEquals(from.sum.getValue(), sum.getValue());
        assertEquals(TOTAL_BYTES, from.peer.unqueuedBytes);
    }
}
