package io.copperline.gateway.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.copperline.gateway.call.CallId;
import io.copperline.gateway.route.PhoneNumber;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class LogsTest {
    @Test
    void writesOneLineWithTheCallAndWithoutNumbers() {
        String line;
        try (MDC.MDCCloseable _ = Logs.call(new CallId("c-1"))) {
            line = line(true, "INVITE sip:+12025550150@example.com\r\nFORGED line \u001b[2J");
        }
        assertTrue(line.endsWith(" INFO  [c-1] Somebody: INVITE sip:**50@example.com | FORGED line ?[2J\n"), line);
        assertTrue(line(true, "x").contains(" [-] "), line);
    }

    @Test
    void showsNumbersWhereTheOperatorWantsThem() {
        assertTrue(line(false, "to +12025550150").endsWith(": to +12025550150\n"));
        PhoneNumber number = new PhoneNumber("+12025550150");
        assertEquals("**50", new NumberRedaction(true).show(number));
        assertEquals("+12025550150", new NumberRedaction(false).show(number));
    }

    @Test
    void hidesKeysOfSdpWhateverTheOperatorWants() {
        String sdp = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR|2^20\r\n";
        String line = line(false, "unparsable: " + sdp);
        assertTrue(line.endsWith("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:***|2^20\n"), line);
    }

    @Test
    void hidesNumbersInEveryForm() {
        NumberRedaction redaction = new NumberRedaction(true);
        assertEquals("**50 and **51", redaction.show("+12025550150 and +1 (202) 555-0151"));
        assertEquals(
                "<sip:**50@h> tel:**50 ?to=**00",
                redaction.show("<sip:12025550150@h> tel:12025550150 ?to=%2B12025550100"));
        assertEquals("ssrc 3735928559 port 12345", redaction.show("ssrc 3735928559 port 12345"));
    }

    @Test
    void speaksOncePerMinuteAndSaysWhatWasLeftOut() {
        OncePerMinute limit = new OncePerMinute();
        List<Long> lines = new ArrayList<>();
        long start = Long.MAX_VALUE - 5;
        for (int second = 0; second <= 60; second++) {
            limit.log("junk", start + second * 1_000_000_000L, lines::add);
        }
        limit.log("other", start, lines::add);
        assertEquals(List.of(0L, 59L, 0L), lines);
    }

    private static String line(boolean redacted, String message) {
        LoggerContext context = new LoggerContext();
        Logs.LineEncoder encoder = new Logs.LineEncoder(new NumberRedaction(redacted));
        encoder.setContext(context);
        encoder.start();
        LoggingEvent event = new LoggingEvent(
                "", context.getLogger("io.copperline.Somebody"), Level.INFO, message, null, new Object[0]);
        event.setMDCPropertyMap(
                java.util.Optional.ofNullable(MDC.getCopyOfContextMap()).orElse(java.util.Map.of()));
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }
}
