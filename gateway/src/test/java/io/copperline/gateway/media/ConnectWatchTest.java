package io.copperline.gateway.media;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectWatchTest {
    private final List<String> told = new ArrayList<>();
    private final ConnectWatch watch =
            new ConnectWatch((trouble, sinceNanos) -> told.add(trouble + " " + seconds(sinceNanos)));
    private long nowNanos = TimeUnit.SECONDS.toNanos(100);

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }

    private void pass(double seconds) {
        for (int i = 0; i < seconds * 2; i++) {
            nowNanos += TimeUnit.MILLISECONDS.toNanos(500);
            watch.check(nowNanos);
        }
    }

    @Test
    void aQuickConnectionIsNotTalkedAbout() {
        watch.answered(nowNanos);
        pass(0.5);
        watch.reached(nowNanos);
        watch.pathFound(nowNanos);
        pass(0.5);
        watch.connected(nowNanos);
        pass(60);
        assertEquals(List.of(), told);
    }

    @Test
    void noChecksAreToldAfterThreeSecondsSinceTheAnswer() {
        watch.answered(nowNanos);
        pass(2.5);
        assertEquals(List.of(), told);
        pass(10);
        assertEquals(List.of("NO_CHECKS 100.0"), told);
        watch.reached(nowNanos);
        pass(1);
        assertEquals(List.of("NO_CHECKS 100.0", "RECOVERED 113.0"), told);
    }

    @Test
    void slowDtlsIsToldAfterTwoSecondsSinceThePath() {
        watch.answered(nowNanos);
        pass(1);
        watch.reached(nowNanos);
        pass(1);
        watch.pathFound(nowNanos);
        pass(5);
        assertEquals(List.of("DTLS_SLOW 102.0"), told);
        watch.connected(nowNanos);
        pass(1);
        assertEquals(List.of("DTLS_SLOW 102.0", "RECOVERED 107.5"), told);
    }

    @Test
    void aRestartLaterIsNotTheBeginningAgain() {
        watch.answered(nowNanos);
        watch.reached(nowNanos);
        watch.pathFound(nowNanos);
        watch.connected(nowNanos);
        pass(60);
        watch.reached(nowNanos);
        watch.pathFound(nowNanos);
        pass(60);
        assertEquals(List.of(), told);
    }
}
