package io.copperline.gateway.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.copperline.config.RingPlan;
import io.copperline.config.Treatment;
import io.copperline.config.Treatment.Forward;
import io.copperline.config.Treatment.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a web service says, and what makes no sense. */
class AnswerReaderTest {
    private static final RingPlan USUAL = new RingPlan(List.of(), RingPlan.Order.TOGETHER, Duration.ofSeconds(33));

    private static Answer read(String json) throws NoAnswer {
        return AnswerReader.read(json.getBytes(StandardCharsets.UTF_8), USUAL);
    }

    private static Treatment treatment(String json) throws NoAnswer {
        return ((Answer.Says) read(json)).treatment();
    }

    private static Treatment ring(RingPlan.Order order, int seconds, Optional<Forward> otherwise, String... users) {
        return new Treatment.Ring(new RingPlan(List.of(users), order, Duration.ofSeconds(seconds)), otherwise);
    }

    @Test
    void ringsUsers() throws NoAnswer {
        assertEquals(
                ring(RingPlan.Order.TOGETHER, 33, Optional.empty(), "alice"), treatment("{\"ring\": [\"alice\"]}"));
        assertEquals(
                ring(RingPlan.Order.IN_TURN, 15, Optional.empty(), "alice", "J\u00f6rg"),
                treatment("{\"ring\": [\"alice\", \"J\u00f6rg\"], \"order\": \"in-turn\", \"seconds\": 15}"));
        assertEquals(
                ring(RingPlan.Order.IN_TURN, 20, Optional.empty(), "alice"),
                treatment("{\"ring\": [\"alice\"], \"order\": \"in-turn\"}"),
                "the rule's time is that of its own order");
    }

    @Test
    void forwards() throws NoAnswer {
        Forward plain = new Forward("+4930123456", Forward.As.CALLER);
        assertEquals(plain, treatment("{\"forward\": \"+4930123456\"}"));
        assertEquals(
                new Forward("+4930123456", Forward.As.CALLED),
                treatment("{\"forward\": \"+4930123456\", \"as\": \"called\"}"));
        assertEquals(
                ring(RingPlan.Order.TOGETHER, 33, Optional.of(plain), "alice"),
                treatment("{\"ring\": [\"alice\"], \"forward\": \"+4930123456\"}"));
    }

    @Test
    void refuses() throws NoAnswer {
        assertEquals(new Treatment.Refuse(Refusal.NOT_FOUND), treatment("{\"refuse\": \"not-found\"}"));
        assertEquals(new Treatment.Refuse(Refusal.UNWANTED), treatment("{\"refuse\": \"unwanted\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \r\n", "{}"})
    void leavesItToTheRule(String body) throws NoAnswer {
        assertEquals(new Answer.Open(Outcome.OPEN, ""), read(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "\"busy\"",
                "{\"ring\": \"alice\"}",
                "{\"ring\": []}",
                "{\"ring\": [\"\"]}",
                "{\"ring\": [1]}",
                "{\"ring\": [\"a\\u0000b\"]}",
                "{\"ring\": [\"alice\", \"alice\"]}",
                "{\"ring\": [\"alice\"], \"seconds\": \"20\"}",
                "{\"ring\": [\"alice\"], \"seconds\": 20.5}",
                "{\"ring\": [\"alice\"], \"seconds\": 4}",
                "{\"ring\": [\"alice\"], \"seconds\": 99999999999}",
                "{\"ring\": [\"alice\"], \"order\": null}",
                "{\"ring\": [\"alice\"], \"order\": \"IN_TURN\"}",
                "{\"ring\": [\"alice\"], \"refuse\": \"busy\"}",
                "{\"ring\": [\"alice\"], \"forward\": null}",
                "{\"ring\": [\"alice\"], \"as\": \"called\"}",
                "{\"forward\": \"4930123456\"}",
                "{\"forward\": \"+49 30 123456\"}",
                "{\"forward\": 4930123456}",
                "{\"forward\": \"sip:+4930123456@evil.example\"}",
                "{\"forward\": \"+4930123456\", \"seconds\": 20}",
                "{\"as\": \"called\"}",
                "{\"refuse\": \"because\"}",
                "{\"refuse\": {\"reason\": \"busy\"}}",
                "{\"refuse\": \"busy\", \"refuse\": \"declined\"}",
                "{\"refuse\": \"busy\"} {\"ring\": [\"alice\"]}",
                "{\"transfer\": \"+4930123456\"}",
                "{\"ring\": [[[[[[\"alice\"]]]]]]}",
                "{\"ring\": [\"alice\"",
                "<html>502 Bad Gateway</html>"
            })
    void makesNothingOfWhatMakesNoSense(String body) {
        assertEquals(
                Outcome.MALFORMED,
                assertThrows(NoAnswer.class, () -> read(body)).outcome());
    }

    @Test
    void ringsNoCrowd() {
        String crowd = "{\"ring\": [" + "\"a\",".repeat(20) + "\"b\"]}";
        NoAnswer refused = assertThrows(NoAnswer.class, () -> read(crowd));
        assertEquals("\"ring\" is no list of 1 to 20 users", refused.getMessage());
    }

    @Test
    void takesUtf8Alone() {
        byte[] latin = "{\"ring\": [\"J\u00f6rg\"]}".getBytes(StandardCharsets.ISO_8859_1);
        NoAnswer refused = assertThrows(NoAnswer.class, () -> AnswerReader.read(latin, USUAL));
        assertEquals("its answer is not UTF-8", refused.getMessage());
    }

    @Test
    void saysNothingOfWhatItWasSent() {
        NoAnswer refused = assertThrows(NoAnswer.class, () -> read("{\"ring\": [\"alice\"], \"pa\\nssword\": 1}"));
        assertEquals(
                "a member that has no place in it is beside as, forward, order, ring, seconds", refused.getMessage());
    }

    @FuzzTest
    void answersOrMakesNoSense(byte[] body) {
        try {
            assertNotNull(AnswerReader.read(body, USUAL));
        } catch (NoAnswer e) {
            assertEquals(Outcome.MALFORMED, e.outcome());
        }
    }
}
