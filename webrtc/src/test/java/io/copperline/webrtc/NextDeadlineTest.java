package io.copperline.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.webrtc.SimulatedNetwork.Host;
import io.copperline.webrtc.SimulatedNetwork.Weather;
import io.copperline.webrtc.datachannel.DataChannel;
import io.copperline.webrtc.datachannel.DataChannelInit;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever calls a peer at its deadlines alone misses nothing, and is not called for nothing. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // A deadline that is missed would wait for ever.
class NextDeadlineTest {
    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void connectsThroughLossWithoutBeingPolled(long seed) throws Exception {
        SimulatedNetwork network = Peers.negotiated(seed, Weather.losing(0.2));
        network.runByDeadlines(10_000);
        assertTrue(network.browser.connected() && network.gateway.connected());
    }

    @Test
    void isCalledAFewTimesASecondWhileNothingHappens() throws Exception {
        SimulatedNetwork network = Peers.negotiated(9, Weather.FAIR);
        network.runByDeadlines(5_000);
        int jumps = network.runByDeadlines(TimeUnit.MINUTES.toMillis(10));
        assertTrue(network.browser.connected() && network.gateway.connected());
        // A check for consent every 2.5 s and a report every 1.1 to 2.8 s from either side, each sent, and
        // received.
        assertTrue(jumps > 1_000 && jumps < 2_500, () -> jumps + " in ten minutes");
    }

    @Test
    void whatIsSentOnAChannelIsDueAtOnce() throws Exception {
        SimulatedNetwork network = Peers.strangers(14, Weather.FAIR);
        DataChannel channel = network.browser.peer.createDataChannel("chat", DataChannelInit.DEFAULT);
        Peers.negotiate(network);
        network.runByDeadlines(3_000);
        long now = network.nowNanos;
        assertTrue(network.browser.peer.nextDeadline(now) - now > 0);
        channel.send("now");
        assertEquals(now, network.browser.peer.nextDeadline(now));
        network.runByDeadlines(100);
        assertEquals(0, channel.bufferedAmount());
    }

    @Test
    void saysWhenAPathThatNeverComesIsGivenUp() throws Exception {
        SimulatedNetwork network = Peers.negotiated(10, new Weather(1, 0, 10, 0));
        long beganNanos = network.nowNanos;
        Host gateway = network.gateway;
        assertEquals(TimeUnit.SECONDS.toNanos(15), gateway.peer.nextDeadline(beganNanos) - beganNanos);
        gateway.peer.onTime(beganNanos + TimeUnit.SECONDS.toNanos(15) - 1, gateway);
        assertEquals(List.of(), gateway.events);
        gateway.peer.onTime(beganNanos + TimeUnit.SECONDS.toNanos(15), gateway);
        assertEquals(List.of(new PeerEvent.Failed(PeerFailure.ICE_TIMEOUT)), gateway.events);
    }

    @Test
    void saysWhenTheSilenceOfTheOtherSideIsTheEnd() throws Exception {
        SimulatedNetwork network = Peers.negotiated(11, Weather.FAIR);
        network.runByDeadlines(3_000);
        assertTrue(network.gateway.connected());
        Host gateway = network.gateway;
        long silentNanos = network.nowNanos;
        long now = silentNanos;
        while (gateway.peer.connected()) {
            now = gateway.peer.nextDeadline(now);
            gateway.peer.onTime(now, gateway);
        }
        assertEquals(new PeerEvent.Failed(PeerFailure.CONSENT_LOST), gateway.events.getLast());
        long silence = now - silentNanos;
        assertTrue(silence > TimeUnit.SECONDS.toNanos(27) && silence <= TimeUnit.SECONDS.toNanos(30));
    }

    @Test
    void restsForAMinuteWhereThereIsNothingToDo() {
        SimulatedNetwork network = new SimulatedNetwork(12, Weather.FAIR);
        PeerConnection idle = Peers.peer(network, network.gateway, true);
        assertEquals(MINUTE_NANOS, idle.nextDeadline(network.nowNanos) - network.nowNanos);
        idle.close(network.nowNanos, network.gateway);
        assertEquals(MINUTE_NANOS, idle.nextDeadline(network.nowNanos) - network.nowNanos);
    }

    @Test
    void aTickInWhichNothingIsDueLeavesNoGarbage() throws Exception {
        SimulatedNetwork network = Peers.negotiated(15, Weather.FAIR);
        network.runByDeadlines(3_000);
        assertTrue(network.gateway.connected());
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        network.gateway.peer.onTime(network.nowNanos, network.gateway);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 20_000; i++) {
            network.gateway.peer.onTime(network.nowNanos, network.gateway);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 20_000, () -> allocated + " bytes for 20 000 ticks");
    }

    @Test
    void isAskedWithoutLeavingGarbage() throws Exception {
        SimulatedNetwork network = Peers.negotiated(13, Weather.FAIR);
        network.runByDeadlines(3_000);
        assertTrue(network.browser.connected());
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        long sum = 0;
        for (int i = 0; i < 20_000; i++) {
            sum += network.browser.peer.nextDeadline(network.nowNanos) - network.nowNanos;
            sum += network.gateway.peer.nextDeadline(network.nowNanos) - network.nowNanos;
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertFalse(sum < 0);
        assertTrue(allocated < 20_000, () -> allocated + " bytes for 40 000 questions");
    }
}
