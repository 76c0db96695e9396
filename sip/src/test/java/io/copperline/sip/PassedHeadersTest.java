package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Request;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassedHeadersTest {
    private static final String UUI = "56a390f3d2b7310023a2;encoding=hex;purpose=foo;content=bar";
    private final PassedHeaders headers =
            new PassedHeaders(List.of("X-Customer", "User-to-User"), List.of("X-Customer", "User-to-User"));

    @Test
    void onlyWhatIsListedPassesIn() {
        Request invite = Bench.invite("")
                .with("x-customer", "42")
                .with("X-Customer", "43")
                .with("User-to-User", UUI)
                .with("X-Secret", "no");
        assertEquals(Map.of("X-Customer", "42, 43", "User-to-User", UUI), headers.incoming(invite));
        assertEquals(Map.of(), headers.incoming(Bench.invite("").with("X-Customer", "x".repeat(513))));
    }

    @Test
    void onlyWhatIsListedPassesOut() {
        assertEquals(List.of(new Header("User-to-User", UUI)), headers.outgoing(Map.of("User-to-User", UUI)));
        assertEquals(List.of(), headers.outgoing(Map.of("X-Other", "1")));
        assertEquals(List.of(), headers.outgoing(Map.of("X-Customer", "1\r\nVia: x")));
        assertEquals(List.of(), headers.outgoing(Map.of("X-Customer", "x".repeat(513))));
    }

    @Test
    void standInTheInvite() {
        Bench bench = new Bench();
        bench.settings = bench.settings.but().headers(headers).build();
        bench.call(Sample.call("+12025550100").withHeaders(Map.of("X-Customer", "42", "X-Other", "1")));
        Request invite = bench.wire.last().request;
        assertEquals("42", invite.headers().first("X-Customer").orElseThrow());
        assertTrue(invite.headers().first("X-Other").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Via", "call-id", "Contact", "i", "X Y", "P-Asserted-Identity", "Route", "Identity", "X:", ""})
    void nobodySetsWhatIsSipsOwn(String name) {
        assertFalse(PassedHeaders.mayPass(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Customer", "User-to-User", "Subject", "Customer-Id"})
    void othersMayPass(String name) {
        assertTrue(PassedHeaders.mayPass(name));
    }
}
