package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.copperline.sip.Diversion.Reason;
import io.copperline.sip.wire.Headers;
import io.copperline.sip.wire.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who has forwarded a call, in each header that carriers say it in. */
class DiversionsTest {
    private static final String DIVERSION = "Diversion";
    private static final String HISTORY = "History-Info";

    private static Optional<Diversion> of(String... namesAndValues) {
        Request invite = Bench.invite("");
        Headers headers = invite.headers();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers = headers.with(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Diversions.of(new Request("INVITE", invite.uri(), headers, ""));
    }

    private static Optional<Diversion> by(String number, Reason reason) {
        return Optional.of(new Diversion(number, reason, false));
    }

    @Test
    void takesTheLastToForward() {
        assertEquals(
                by("+12025550177", Reason.NO_ANSWER),
                of(
                        DIVERSION,
                        "\"Desk, first\" <sip:+12025550177@x>;reason=no-answer;counter=1,"
                                + " <sip:+12025550178@x>;reason=user-busy",
                        DIVERSION,
                        "<sip:+12025550179@x>;reason=unconditional"));
        assertEquals(by("+12025550177", Reason.USER_BUSY), of(DIVERSION, "<tel:+1-202-555-0177>;reason=\"user-busy\""));
        assertEquals(by("+12025550177", Reason.UNKNOWN), of(DIVERSION, "<sip:+12025550177@x>;reason=full-moon"));
    }

    @Test
    void whoWantsToBeHiddenIs() {
        Optional<Diversion> hidden = Optional.of(new Diversion("", Reason.USER_BUSY, true));
        assertEquals(hidden, of(DIVERSION, "<sip:+12025550177@x>;reason=user-busy;privacy=full"));
        assertEquals(
                hidden,
                of(HISTORY, "<sip:+12025550177@x?Privacy=history>;index=1, <sip:+1@x;cause=486>;index=1.1;mp=1"));
    }

    private static List<String> numbers(String name, String value) {
        Request invite = Bench.invite("");
        return Diversions.numbers(
                new Request("INVITE", invite.uri(), invite.headers().with(name, value), ""));
    }

    @Test
    void knowsAllWhoHaveForwardedIt() {
        assertEquals(
                List.of("+12025550177", "+12025550178"),
                numbers(
                        DIVERSION,
                        "<sip:+12025550177@x>;reason=no-answer, <tel:+12025550178>, <sip:+12025550177@x>;counter=2"));
        assertEquals(
                List.of("+12025550178", "+12025550177"),
                numbers(
                        HISTORY,
                        "<sip:+12025550177@x>;index=1, <sip:+12025550178@x;cause=302>;index=1.1;mp=1,"
                                + " <sip:+12025550100@x;cause=408>;index=1.2;mp=1.1, <sip:us@198.51.100.1>;index=1.2.1"));
        assertEquals(List.of(), numbers(HISTORY, "<sip:+12025550100@x>;index=1, <sip:us@198.51.100.1>;index=1.1"));
    }

    private static List<Diversion> all(String name, String value) {
        Request invite = Bench.invite("");
        return Diversions.all(
                new Request("INVITE", invite.uri(), invite.headers().with(name, value), ""));
    }

    @Test
    void knowsHowOftenEachHas() {
        List<Diversion> expected = List.of(
                new Diversion("+12025550177", Reason.NO_ANSWER, false, 3),
                new Diversion("", Reason.USER_BUSY, true, 1),
                new Diversion("", Reason.UNKNOWN, true, 1));
        assertEquals(
                expected,
                all(
                        DIVERSION,
                        "<sip:+12025550177@x>;reason=no-answer;counter=3,"
                                + " <sip:+12025550178@x>;reason=user-busy;privacy=full;counter=0,"
                                + " <sip:anonymous@anonymous.invalid>;counter=99999999999"));
        assertEquals(
                List.of(
                        new Diversion("+12025550178", Reason.NO_ANSWER, false),
                        new Diversion("+12025550177", Reason.UNCONDITIONAL, false)),
                all(
                        HISTORY,
                        "<sip:+12025550177@x>;index=1, <sip:+12025550178@x;cause=302>;index=1.1;mp=1,"
                                + " <sip:+12025550100@x;cause=408>;index=1.1.1;mp=1.1"));
    }

    @Test
    void readsTheHistoryByItsCauses() {
        assertEquals(
                by("+12025550178", Reason.NO_ANSWER),
                of(
                        HISTORY,
                        "<sip:+12025550177@x>;index=1,<sip:+12025550178@x;cause=302>;index=1.1;mp=1",
                        HISTORY,
                        "<sip:+12025550100@x;cause=408>;index=1.2;mp=1.1, <sip:us@198.51.100.1>;index=1.2.1"));
        assertEquals(
                by("+12025550177", Reason.DEFLECTION),
                of(HISTORY, "<sip:+12025550177@x>;index=1,<sip:+12025550100@x;cause=487>;index=1.1"));
    }

    @Test
    void readsTheOlderHistoryByItsReasons() {
        assertEquals(
                by("+12025550177", Reason.UNCONDITIONAL),
                of(
                        HISTORY,
                        "<sip:+12025550177@x?Reason=SIP%3Bcause%3D302%3Btext%3D%22Moved%22>;index=1,"
                                + "<sip:+12025550100@x>;index=1.1"));
    }

    @Test
    void aCallThatNobodyForwardedIsNotForwarded() {
        assertEquals(Optional.empty(), of());
        assertEquals(Optional.empty(), of(HISTORY, "<sip:+12025550100@x>;index=1,<sip:us@y>;index=1.1;rc=1"));
        assertEquals(Optional.empty(), of(DIVERSION, "nonsense", HISTORY, "<<>,,,\"<sip:a@b?Reason=%zz>"));
        assertEquals(Optional.empty(), of(HISTORY, "<sip:a@b?Reason=%zz>;index=1,<sip:c@d>;index=1.1"));
        assertEquals(Optional.empty(), of(DIVERSION, "<".repeat(9000)));
    }

    @Test
    void itsNumberIsInNoLog() {
        assertTrue(!by("+12025550177", Reason.AWAY).orElseThrow().toString().contains("0177"));
    }

    @FuzzTest
    void anyHeaderIsReadOrPassedOver(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        assertNotNull(of(DIVERSION, text));
        assertNotNull(of(HISTORY, text + ",<sip:a@b;cause=302>;index=1.1"));
        CallerName.clean(text)
                .ifPresent(name -> assertTrue(
                        name.codePointCount(0, name.length()) <= CallerName.MAX_CHARS
                                && name.chars().noneMatch(Character::isISOControl),
                        name));
    }
}
