package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Keys that are pressed in the page arrive at the phone, as RFC 4733 wants them, and come back. */
class DigitsIT {
    private static final String ALL = "0123456789*#ABCD";
    private static final int TOLERANCE_MILLIS = 20;

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @Test
    void sixteenKeysAreSixteenEventsOnTheWire() {
        Tab tab = STAGE.phone("alice");
        FarCall far = talk(tab);
        tab.run("digits => copperlineTest.sender(copperlinePhone.call).insertDTMF(digits, 100, 70)", ALL);
        assertWire(tab, far, ALL, 100);
        tab.page().click("#hangup");
        far.await("ended REMOTE HANGUP");
    }

    @Test
    void longTonesKeepTheirLength() {
        Tab tab = STAGE.phone("alice");
        FarCall far = talk(tab);
        tab.run("() => copperlineTest.sender(copperlinePhone.call).insertDTMF('5#', 500, 70)");
        assertWire(tab, far, "5#", 500);
        tab.page().click("#hangup");
        far.await("ended REMOTE HANGUP");
    }

    private static FarCall talk(Tab tab) {
        tab.watchCalls();
        tab.call("+13035550100");
        FarCall far = STAGE.farEnd().nextCall();
        far.answer();
        tab.untilState("Talking");
        tab.until("copperlineTest.sender(copperlinePhone.call).canInsertDTMF");
        far.awaitVoice();
        return far;
    }

    private static void assertWire(Tab tab, FarCall far, String digits, int millis) {
        Duration longest = Duration.ofMillis(digits.length() * (millis + 200L)).plus(Await.USUAL);
        Await.until("all digits on the wire", longest, () -> {
            List<DigitOnWire> seen = far.wire().digits();
            return seen.size() >= digits.length() && seen.getLast().ends() >= 3;
        });
        List<DigitOnWire> seen = far.wire().digits();
        assertEquals(digits, word(seen));
        for (DigitOnWire digit : seen) {
            assertTrue(digit.markedOnce(), () -> "marker of " + digit.digit());
            assertTrue(digit.orderly(), () -> "order of " + digit.digit());
            assertEquals(3, digit.ends(), () -> "end packets of " + digit.digit());
            assertEquals(millis, digit.durationMillis(), TOLERANCE_MILLIS, () -> "duration of " + digit.digit());
        }
        Await.until("the page is told", () -> toPhone(tab).length() == digits.length());
        assertEquals(digits, toPhone(tab));
    }

    private static String word(List<DigitOnWire> digits) {
        return digits.stream().map(digit -> "" + digit.digit()).collect(Collectors.joining());
    }

    private static String toPhone(Tab tab) {
        return told(tab, "to-phone");
    }

    /** The digits of the page's dtmf events of this direction. */
    private static String told(Tab tab, String direction) {
        return tab.events().stream()
                .filter(event -> event.startsWith("dtmf ") && event.contains("direction=" + direction))
                .map(event -> event.replaceAll(".*digit=(.).*", "$1"))
                .collect(Collectors.joining());
    }
}
