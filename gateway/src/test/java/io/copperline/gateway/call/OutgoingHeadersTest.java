package io.copperline.gateway.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.copperline.sip.PassedHeaders;
import io.copperline.sip.SipTransport;
import io.copperline.sip.TrunkSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutgoingHeadersTest {
    private static TrunkSettings trunk(String name) {
        List<String> out = name.equals("passes") ? List.of("X-Customer") : List.of();
        return TrunkSettings.to(name, "192.0.2.1", 0, SipTransport.UDP)
                .headers(new PassedHeaders(List.of(), out))
                .build();
    }

    private static void check(String header, String value, String... route) {
        OutgoingHeaders.check(Map.of(header, value), List.of(route), OutgoingHeadersTest::trunk);
    }

    @Test
    void oneTrunkOfTheRouteMustPassIt() {
        check("x-customer", "42", "other", "passes");
        assertRefused("X-Customer", "42", "other");
        assertRefused("Via", "42", "passes");
    }

    @Test
    void aValueIsOneShortLine() {
        assertRefused("X-Customer", "42\r\nVia: x", "passes");
        assertRefused("X-Customer", "x".repeat(513), "passes");
        assertRefused("X-Customer", " ", "passes");
    }

    private static void assertRefused(String header, String value, String... route) {
        CallRefused refused = assertThrows(CallRefused.class, () -> check(header, value, route));
        assertEquals(CallRefused.Code.HEADER_NOT_ALLOWED, refused.code());
    }
}
