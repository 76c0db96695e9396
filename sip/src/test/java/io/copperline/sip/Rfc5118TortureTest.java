package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The messages of RFC 5118, on IPv6 in SIP, each with the outcome that the RFC asks for. */
class Rfc5118TortureTest {
    static List<TortureSet.Message> messages() throws IOException {
        return TortureSet.of("rfc5118");
    }

    @Test
    void theWholeSetIsThere() throws IOException {
        assertEquals(12, messages().size());
        assertEquals(12, TortureSet.files("rfc5118"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void hasItsOutcome(TortureSet.Message message) throws Exception {
        assertEquals(message.outcome(), TortureSet.outcome(message));
    }
}
