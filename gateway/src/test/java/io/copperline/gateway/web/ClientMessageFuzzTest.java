package io.copperline.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.copperline.gateway.call.CallId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClientMessageFuzzTest {
    @FuzzTest
    void anyText(FuzzedDataProvider data) {
        try {
            ClientMessage.parse(data.consumeRemainingAsString()).about();
        } catch (BadMessage e) {
            assertEquals(0, e.getStackTrace().length);
        }
    }

    @Test
    void readsEachMessage() throws BadMessage {
        assertEquals(new ClientMessage.Hello("t"), ClientMessage.parse("{\"type\":\"hello\",\"token\":\"t\"}"));
        assertEquals(
                new ClientMessage.Call("r", "1", Optional.of("2"), "v=0", Optional.empty(), Map.of(), Optional.empty()),
                ClientMessage.parse(
                        "{\"type\":\"call\",\"ref\":\"r\",\"to\":\"1\",\"from\":\"2\",\"offer\":\"v=0\",\"new\":[]}"));
        assertEquals(
                new ClientMessage.Resume(new CallId("a-B_9"), 3),
                ClientMessage.parse("{\"type\":\"resume\",\"call\":\"a-B_9\",\"after\":3}"));
    }

    @Test
    void refusesWhatIsTooLongOrOdd() {
        for (String bad : new String[] {
            "{\"type\":\"resume\",\"call\":\"a\",\"after\":-1}",
            "{\"type\":\"resume\",\"call\":\"a\",\"after\":1e99}",
            "{\"type\":\"resume\",\"call\":\"a\",\"after\":99999999999999999999999}",
            "{\"type\":\"hangup\",\"call\":\"" + "a".repeat(65) + "\"}",
            "{\"type\":\"call\",\"ref\":\"" + "r".repeat(65) + "\",\"to\":\"1\",\"offer\":\"v\"}",
            "{\"type\":\"hello\",\"token\":\"\"}",
            "null",
        }) {
            assertThrows(BadMessage.class, () -> ClientMessage.parse(bad), bad);
        }
    }
}
