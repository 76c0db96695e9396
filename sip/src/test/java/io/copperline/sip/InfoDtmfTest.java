package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Headers;
import io.copperline.sip.wire.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InfoDtmfTest {
    private static Optional<InfoDtmf> read(String type, String body) {
        Headers headers = new Headers(List.of(new Header("Content-Type", type)));
        return InfoDtmf.of(new Request("INFO", "sip:x", headers, body));
    }

    @Test
    void readsBothForms() {
        assertEquals(Optional.of(new InfoDtmf('5', 250)), read(InfoDtmf.RELAY, "Signal=5\r\nDuration=250\r\n"));
        assertEquals(Optional.of(new InfoDtmf('#', 160)), read(InfoDtmf.RELAY, "signal = #\nx=y"));
        assertEquals(Optional.of(new InfoDtmf('D', 160)), read("Application/DTMF; charset=utf-8", " d \r\n"));
        assertEquals(Optional.of(new InfoDtmf('*', 160)), read(InfoDtmf.PLAIN, "10"));
        assertEquals(Optional.of(new InfoDtmf('A', 160)), read(InfoDtmf.RELAY, "Signal=12"));
        for (char digit : "0123456789*#ABCD".toCharArray()) {
            assertEquals(
                    Optional.of(new InfoDtmf(digit, 100)), read(InfoDtmf.RELAY, new InfoDtmf(digit, 100).relayBody()));
        }
    }

    @Test
    void refusesWhatIsNoDigit() {
        assertTrue(read(InfoDtmf.RELAY, "Signal=E").isEmpty());
        assertTrue(read(InfoDtmf.RELAY, "Signal=16").isEmpty());
        assertTrue(read(InfoDtmf.RELAY, "Duration=5").isEmpty());
        assertTrue(read(InfoDtmf.PLAIN, "55").isEmpty());
        assertTrue(read("text/plain", "5").isEmpty());
        assertEquals(Optional.of(new InfoDtmf('1', 160)), read(InfoDtmf.RELAY, "Signal=1\nDuration=-7"));
        assertEquals(Optional.of(new InfoDtmf('1', 10_000)), read(InfoDtmf.RELAY, "Signal=1\nDuration=999999"));
    }

    @FuzzTest
    void fuzzBody(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        for (String type : List.of(InfoDtmf.RELAY, InfoDtmf.PLAIN, "multipart/mixed;boundary=x")) {
            read(type, text).ifPresent(digit -> assertTrue(InfoDtmf.isDigit(digit.digit())));
        }
    }
}
