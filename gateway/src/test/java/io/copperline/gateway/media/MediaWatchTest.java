package io.copperline.gateway.media;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MediaWatchTest {
    private final List<MediaTrouble> told = new ArrayList<>();
    private final MediaWatch watch = new MediaWatch(told::add);
    private long nowNanos = 1;
    private long received;
    private long lost;

    private void pass(int seconds, boolean packets, int level, int lostOfTen) {
        for (int i = 0; i < seconds * 50; i++) {
            nowNanos += TimeUnit.MILLISECONDS.toNanos(20);
            if (packets && i % 10 >= lostOfTen) {
                watch.packet(nowNanos);
                received++;
            } else if (packets) {
                lost++;
            }
            watch.level(level, nowNanos);
            if (i % 25 == 0) {
                watch.check(received, lost, nowNanos);
            }
        }
    }

    @Test
    void saysOnceThatNothingComesAndThatItComesAgain() {
        watch.expecting(true, nowNanos);
        pass(2, false, 127, 0);
        assertEquals(List.of(), told);
        pass(5, false, 127, 0);
        assertEquals(List.of(MediaTrouble.NO_AUDIO), told);
        pass(2, true, 20, 0);
        assertEquals(List.of(MediaTrouble.NO_AUDIO, MediaTrouble.RECOVERED), told);
    }

    @Test
    void packetsOfSilenceAreSomethingElse() {
        watch.expecting(true, nowNanos);
        pass(12, true, 127, 0);
        assertEquals(List.of(MediaTrouble.SILENCE), told);
    }

    @Test
    void lossIsSeenInFiveSeconds() {
        watch.expecting(true, nowNanos);
        pass(11, true, 20, 1);
        assertEquals(List.of(MediaTrouble.LOSSY), told);
    }

    @Test
    void onHoldNothingIsExpected() {
        watch.expecting(false, nowNanos);
        pass(20, false, 127, 0);
        assertEquals(List.of(), told);
        assertEquals(0, watch.silentNanos(nowNanos));
    }
}
