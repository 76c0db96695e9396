package io.copperline.gateway.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class QualityWatchTest {
    private static final long HALF_SECOND = TimeUnit.MILLISECONDS.toNanos(500);

    private final List<MediaQuality> told = new ArrayList<>();
    private final QualityWatch watch = new QualityWatch(told::add);
    private long nowNanos = 77;
    private Optional<LegRating> browser = rating(4.3);
    private Optional<LegRating> trunk = rating(4.4);

    private static Optional<LegRating> rating(double mos) {
        return Optional.of(new LegRating(mos, 0, -1, 0, -1, 40));
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds * 2; i++) {
            nowNanos += HALF_SECOND;
            watch.check((_, _) -> browser, (_, _) -> trunk, nowNanos);
        }
    }

    @Test
    void nothingIsRatedBeforeBothTalk() {
        pass(60);
        assertEquals(List.of(), told);
        assertEquals(MediaQuality.UNKNOWN, watch.current());
    }

    @Test
    void aSteadyCallIsToldOfOnce() {
        watch.begin(nowNanos);
        pass(3_600);
        assertEquals(List.of(new MediaQuality(rating(4.3), rating(4.4))), told);
    }

    @Test
    void aChangeThatPeopleNoticeIsToldWithinTenSeconds() {
        watch.begin(nowNanos);
        pass(60);
        browser = rating(4.15);
        pass(60);
        assertEquals(1, told.size(), "too little to notice");
        browser = rating(3.2);
        pass(10);
        assertEquals(2, told.size());
        assertEquals(3.2, told.getLast().browser().orElseThrow().mos());
    }

    @Test
    void whatChangesAllTheTimeIsToldSixTimesAMinuteAndNotForEver() {
        watch.begin(nowNanos);
        for (int i = 0; i < 12; i++) {
            browser = rating(i % 2 == 0 ? 2 : 4);
            pass(5);
        }
        assertTrue(told.size() <= 6, "told " + told.size());
        for (int i = 0; i < 2_000; i++) {
            browser = rating(i / 2 % 2 == 0 ? 2 : 4);
            pass(5);
        }
        assertEquals(500, told.size());
    }

    @Test
    void aLegOnHoldHasNoRatingAndItsComingBackIsTold() {
        watch.begin(nowNanos);
        pass(10);
        trunk = Optional.empty();
        pass(30);
        assertEquals(Optional.empty(), watch.current().trunk());
        assertEquals(1, told.size());
    }
}
