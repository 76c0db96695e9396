package io.copperline.gateway.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.DtmfMode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DigitsToTrunkTest {
    private static final int TICK_SAMPLES = 160;
    private static final int NO_TELEPHONE_EVENT = -1;

    private final List<String> told = new ArrayList<>();
    private final DigitsToTrunk digits = new DigitsToTrunk(new DigitListener() {
        @Override
        public void digitToPhone(char digit, int durationMillis, DigitPath path) {
            told.add(path + " " + digit);
        }

        @Override
        public void digitForInfo(char digit, int durationMillis) {
            told.add("for INFO " + digit);
        }

        @Override
        public void digitFromPhone(char digit, int durationMillis, DigitPath path) {
            throw new AssertionError("the other way");
        }
    });

    private void trunk(DtmfMode mode) {
        digits.path(mode, new TrunkAudio().events(NO_TELEPHONE_EVENT, 8_000).agreed());
    }

    private void press(String keys) {
        assertTrue(digits.press(keys, 100, 0));
        for (int tick = 0; tick < 20 * keys.length(); tick++) {
            digits.overlay(new short[TICK_SAMPLES], 0, TICK_SAMPLES);
        }
    }

    @Test
    void whatIsRefusedByInfoIsATone() {
        trunk(DtmfMode.AUTO);
        press("5");
        assertEquals(List.of("for INFO 5"), told, "what becomes of it is not known yet");
        assertTrue(digits.infoRefused(5, 100));
        assertFalse(digits.idle());
        press("6");
        assertEquals(List.of("for INFO 5", "INBAND 5"), told.subList(0, 2));
        trunk(DtmfMode.AUTO);
        press("7");
        assertEquals(List.of("for INFO 5", "INBAND 5", "INBAND 6", "INBAND 7"), told, "also after a re-INVITE");
    }

    @Test
    void theNextTrunkIsAskedAnew() {
        trunk(DtmfMode.AUTO);
        digits.infoRefused(5, 100);
        digits.trunkGone();
        trunk(DtmfMode.AUTO);
        press("6");
        assertTrue(told.contains("for INFO 6"), told::toString);
    }

    @Test
    void whereTheTrunkIsSetToInfoNothingElseIsTried() {
        trunk(DtmfMode.INFO);
        press("5");
        assertFalse(digits.infoRefused(5, 100));
        press("6");
        assertEquals(List.of("for INFO 5", "for INFO 6"), told);
    }
}
