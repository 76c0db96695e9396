package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The trunk doctor as an operator starts it, beside the gateway that runs, with calls to the lab's carrier. */
class TrunkDoctorIT {
    @RegisterExtension
    static final Stage STAGE = new Stage();

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void aCallIsHeardBothWaysAndADigitComesBack() throws JsonProcessingException {
        List<JsonNode> steps = call("+12025550110");
        assertEquals(
                List.of(
                        "resolve pass",
                        "connect skipped",
                        "options pass",
                        "register skipped",
                        "call pass",
                        "audio-in pass",
                        "audio-out pass",
                        "dtmf pass"),
                outcomes(steps),
                steps::toString);
        assertTrue(what(steps, "audio-out").contains("our test tone came back after "), steps::toString);
        assertEquals(
                "5 went out as telephone-event, and came back as telephone-event",
                what(steps, "dtmf"),
                steps::toString);
    }

    @Test
    void aRefusedCallIsToldWithWhatToDo() throws JsonProcessingException {
        List<JsonNode> steps = call("+12025550103");
        JsonNode last = steps.getLast();
        assertEquals("call fail", outcomes(List.of(last)).getFirst());
        assertTrue(last.path("what").asText().contains("486"), last::toString);
        assertEquals("The phone is busy. Try again later.", last.path("fix").asText());
    }

    @Test
    void theSameOverHttp() throws JsonProcessingException {
        HttpRequest.Builder request = HttpRequest.newBuilder(STAGE.gateway().uri("/v1/trunks/lab/tests"))
                .header("Authorization", "Bearer " + Tokens.operator())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"call\": \"+12025550110\"}"));
        HttpResponse<String> answer = STAGE.gateway().send(request);
        assertEquals(200, answer.statusCode(), answer.body());
        List<JsonNode> steps = read(answer.body().lines().toList());
        assertEquals("dtmf pass", outcomes(steps).getLast(), steps::toString);
    }

    private List<JsonNode> call(String number) throws JsonProcessingException {
        return read(STAGE.gateway().command("trunk", "test", "FILE", "lab", "--call", number, "--json"));
    }

    private List<JsonNode> read(List<String> lines) throws JsonProcessingException {
        List<JsonNode> steps = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("{")) {
                steps.add(json.readTree(line));
            }
        }
        return steps;
    }

    private static List<String> outcomes(List<JsonNode> steps) {
        return steps.stream()
                .map(step ->
                        step.path("step").asText() + " " + step.path("outcome").asText())
                .toList();
    }

    private static String what(List<JsonNode> steps, String name) {
        return steps.stream()
                .filter(step -> step.path("step").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .path("what")
                .asText();
    }
}
