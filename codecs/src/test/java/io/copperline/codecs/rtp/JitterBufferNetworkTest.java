package io.copperline.codecs.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.rtp.JitterBuffer.Taken;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Minutes of calls over seeded networks. */
class JitterBufferNetworkTest {
    private final LossyNetwork net = new LossyNetwork(JitterBuffer.opus());

    @Test
    void cleanNetworkAddsLessThanAFrame() {
        double sum = 0;
        for (int phase = 0; phase < 20; phase++) {
            var clean = new LossyNetwork(JitterBuffer.opus());
            clean.tickPhaseMillis = phase + 0.5;
            clean.run(1500);
            assertTrue(clean.inOrder());
            assertEquals(0, clean.buffer.counts().lost());
            assertEquals(0, clean.buffer.counts().concealed());
            assertTrue(clean.meanWaitMillis(150) <= 27, "phase " + phase);
            sum += clean.meanWaitMillis(0);
        }
        assertTrue(sum / 20 <= 20, "mean " + sum / 20);
    }

    @Test
    void playsEveryFrameThroughJitterOnceItHasAdapted() {
        var random = new Random(1);
        net.delayMillis = () -> 10 + random.nextDouble() * 80;
        net.run(3000);
        assertTrue(net.inOrder());
        int total = net.played.size();
        // At a target of 97 % a few come too late; the rest is there.
        assertTrue(
                net.buffer.counts().late() < 0.02 * total,
                "late " + net.buffer.counts().late());
        assertTrue(net.buffer.depthMillis() < 130, "depth " + net.buffer.depthMillis());
        assertTrue(net.buffer.targetMillis() >= 70 && net.buffer.targetMillis() <= 90);
        assertEquals(
                3000, total + net.buffer.counts().lost() + net.buffer.counts().skipped() + remaining(net, 3000));
    }

    private static long remaining(LossyNetwork net, int frames) {
        return frames - 1 - net.played.getLast();
    }

    @Test
    void lossIsCountedExactlyAndMostlyOpenToFec() {
        var random = new Random(2);
        var lostFrames = new boolean[3000];
        int expected = 0;
        for (int i = 100; i < 2900; i++) {
            lostFrames[i] = random.nextInt(20) == 0;
            expected += lostFrames[i] ? 1 : 0;
        }
        net.lost = frame -> lostFrames[frame];
        net.run(3000);
        assertTrue(net.inOrder());
        assertEquals(expected, net.buffer.counts().lost());
        assertEquals(0, net.buffer.counts().late());
        assertTrue(net.fecPossible > expected * 0.8, net.fecPossible + " of " + expected);
    }

    @Test
    void reorderingOfNeighboursLosesNothing() {
        var random = new Random(3);
        net.delayMillis = () -> 10 + (random.nextInt(10) == 0 ? 30 : 0);
        net.run(3000);
        assertTrue(net.inOrder());
        assertTrue(
                net.buffer.counts().lost() <= 3, "lost " + net.buffer.counts().lost());
        assertTrue(net.buffer.depthMillis() <= 60, "depth " + net.buffer.depthMillis());
    }

    @Test
    void fastSendersDriftIsSkippedAway() {
        net.senderClock = 1 - 300e-6;
        net.run(50 * 600);
        long surplus = Math.round(600_000 * 300e-6 / 20);
        assertTrue(net.inOrder());
        assertEquals(0, net.buffer.counts().lost());
        assertTrue(Math.abs(surplus - net.buffer.counts().skipped()) <= 2);
        assertTrue(net.buffer.depthMillis() <= 35, "depth " + net.buffer.depthMillis());
    }

    @Test
    void slowSendersDriftIsStretchedAway() {
        net.senderClock = 1 + 300e-6;
        net.run(50 * 600);
        long missing = Math.round(600_000 * 300e-6 / 20);
        assertTrue(net.inOrder());
        assertEquals(0, net.buffer.counts().lost());
        assertTrue(Math.abs(missing - net.buffer.counts().concealed()) <= 2);
        assertTrue(net.buffer.depthMillis() <= 35, "depth " + net.buffer.depthMillis());
    }

    @Test
    void stallIsCaughtUpWithoutKeepingItsDelay() {
        int[] frame = {0};
        net.delayMillis = () -> {
            int sent = frame[0]++ * 20;
            return sent >= 10_000 && sent < 11_000 ? 11_010 - sent : 10;
        };
        net.run(1500);
        assertTrue(net.inOrder());
        assertTrue(net.meanWaitMillis(700) <= 60, "wait " + net.meanWaitMillis(700));
        assertTrue(net.buffer.depthMillis() <= 40, "depth " + net.buffer.depthMillis());
        assertTrue(net.count(Taken.LOST) <= 16, "lost " + net.count(Taken.LOST));
    }

    @Test
    void suddenJitterIsFollowedAndForgotten() {
        var random = new Random(5);
        int[] frame = {0};
        net.delayMillis = () -> 10 + (frame[0]++ / 500 == 1 ? random.nextDouble() * 150 : random.nextDouble());
        net.run(2500);
        assertTrue(net.inOrder());
        assertTrue(net.buffer.targetMillis() <= 10, "target " + net.buffer.targetMillis());
        assertTrue(net.buffer.depthMillis() <= 32, "depth " + net.buffer.depthMillis());
    }

    @Test
    void depthStaysBoundedWhateverTheNetworkDoes() {
        for (int seed = 0; seed < 10; seed++) {
            var random = new Random(seed);
            var wild = new LossyNetwork(JitterBuffer.opus());
            wild.delayMillis = () -> random.nextInt(50) == 0 ? random.nextDouble() * 1500 : random.nextDouble() * 300;
            wild.lost = _ -> random.nextInt(10) == 0;
            wild.run(2000);
            assertTrue(wild.inOrder());
            for (int i = 300; i < wild.waitedMillis.size(); i++) {
                assertTrue(wild.waitedMillis.get(i) <= 600, "waited " + wild.waitedMillis.get(i));
            }
            assertTrue(wild.played.size() > 1000, "played " + wild.played.size());
        }
    }

    @Test
    void pauseWithAStandingTimestampIsNotKeptAsDelay() {
        // Some senders stop their clock while they are on hold: the frames go on where they stopped, a second later.
        int[] frame = {0};
        net.delayMillis = () -> frame[0]++ < 500 ? 10 : 1010;
        net.run(1500);
        assertTrue(net.inOrder());
        assertEquals(0, net.buffer.counts().lost());
        assertTrue(net.buffer.depthMillis() <= 50, "depth " + net.buffer.depthMillis());
        assertTrue(
                net.buffer.counts().skipped() <= 4,
                "skipped " + net.buffer.counts().skipped());
    }

    @Test
    void discontinuousTransmissionIsPauseNotLoss() {
        // Twenty frames of talk, then one every 400 ms, as Opus DTX does.
        net.timestampFrame = frame -> frame / 40 * 420 + (frame % 40 < 20 ? frame % 40 : 20 + (frame % 40 - 20) * 20);
        net.run(400);
        assertTrue(net.inOrder());
        assertEquals(0, net.buffer.counts().lost());
        assertTrue(net.played.size() >= 395, "played " + net.played.size());
    }

    @Test
    void allPacketTimesArePlayed() {
        for (int frameMillis : new int[] {10, 20, 30, 40, 60}) {
            var random = new Random(frameMillis);
            var timed = new LossyNetwork(new JitterBuffer(8000, 960, false));
            timed.clockHz = 8000;
            timed.frameMillis = frameMillis;
            timed.delayMillis = () -> 10 + random.nextDouble() * 5;
            timed.run(600);
            assertTrue(timed.inOrder());
            assertEquals(frameMillis * 8, timed.buffer.frameUnits());
            assertEquals(0, timed.buffer.counts().lost(), "frame " + frameMillis);
            assertTrue(timed.meanWaitMillis(300) <= frameMillis + 10, "wait " + timed.meanWaitMillis(300));
        }
    }
}
