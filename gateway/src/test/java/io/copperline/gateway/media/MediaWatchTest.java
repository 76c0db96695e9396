package io.copperline.gateway.media;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.copperline.codecs.audio.AudioLevel;
import io.copperline.codecs.audio.G711;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MediaWatchTest {
    private final List<MediaTrouble> told = new ArrayList<>();
    private final List<Long> since = new ArrayList<>();
    private final MediaWatch watch = MediaWatch.ofBrowser((trouble, sinceNanos) -> {
        told.add(trouble);
        since.add(sinceNanos);
    });
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
        assertEquals(1, since.getFirst(), "since the last packet, not since it was noticed");
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
    void whatALawHasForSilenceIsSilenceToo() {
        byte[] law = new byte[160];
        short[] pcm = new short[160];
        G711.encodeA(pcm, 0, 160, law, 0);
        G711.decodeA(law, 0, 160, pcm, 0);
        MediaWatch phone = MediaWatch.ofTrunk((trouble, _) -> told.add(trouble));
        phone.expecting(true, 0);
        for (long now = 0; now <= TimeUnit.SECONDS.toNanos(11); now += TimeUnit.MILLISECONDS.toNanos(20)) {
            phone.packet(now);
            phone.level(AudioLevel.dBov(pcm, 0, 160), now);
            phone.check(0, 0, now);
        }
        assertEquals(List.of(MediaTrouble.SILENCE), told);
    }

    @Test
    void aMutedMicrophoneIsToldOfOnceUntilItMakesASoundAgain() {
        watch.expecting(true, nowNanos);
        pass(600, true, 127, 0);
        assertEquals(List.of(MediaTrouble.SILENCE), told);
        pass(2, true, 30, 0);
        assertEquals(List.of(MediaTrouble.SILENCE, MediaTrouble.RECOVERED), told);
    }

    @Test
    void pausesBetweenWordsAreNoSilence() {
        watch.expecting(true, nowNanos);
        for (int i = 0; i < 20; i++) {
            pass(9, true, 127, 0);
            pass(1, true, 35, 0);
        }
        assertEquals(List.of(), told);
    }

    @Test
    void oneWayIsToldSinceTheLastPacketThatTheOtherEndSaw() {
        watch.expecting(true, nowNanos);
        pass(2, true, 20, 0);
        watch.deafSince(OptionalLong.of(42));
        pass(2, true, 20, 0);
        assertEquals(List.of(MediaTrouble.NOT_HEARD), told);
        assertEquals(List.of(42L), since);
        pass(5, false, 20, 0);
        assertEquals(MediaTrouble.NO_AUDIO, told.getLast(), "nothing either way is told as nothing");
        watch.deafSince(OptionalLong.empty());
        pass(2, true, 20, 0);
        assertEquals(MediaTrouble.RECOVERED, told.getLast());
    }

    @Test
    void everyTroubleOfABrowserSaysWhatThePersonCanDo() {
        for (MediaTrouble trouble : MediaTrouble.values()) {
            boolean nothingToDo = trouble == MediaTrouble.RECOVERED || trouble == MediaTrouble.LATCHED;
            assertEquals(nothingToDo, trouble.remedy(false).isEmpty(), trouble::name);
        }
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
