package io.copperline.gateway.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.copperline.config.RingPlan;
import io.copperline.config.Treatment;
import io.copperline.config.Treatment.Forward;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads what a web service says. It is believed as a whole or not at all: one word that is not known, and the call is left to the rule,
 * for half an answer might ring the wrong phones.
 */
final class AnswerReader {
    private static final int MOST_USERS = 20;
    private static final int LEAST_SECONDS = 5;
    private static final int MOST_SECONDS = 300;
    /** What the {@code sub} of a token may be. */
    private static final Pattern USER = Pattern.compile("[^\\p{Cntrl}]{1,255}");

    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{1,14}");
    private static final Set<String> OF_RING = Set.of("ring", "order", "seconds", "forward", "as");
    private static final Set<String> OF_FORWARD = Set.of("forward", "as");
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(4)
                            .maxStringLength(1_000)
                            .maxNumberLength(20)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Answer LEFT_OPEN = new Answer.Open(Outcome.OPEN, "");

    private AnswerReader() {}

    /**
     * @param usual how phones ring where the answer does not say
     * @throws NoAnswer where it makes no sense
     */
    static Answer read(byte[] body, RingPlan usual) throws NoAnswer {
        String text = text(body);
        if (text.isBlank()) {
            return LEFT_OPEN;
        }
        JsonNode json = json(text);
        if (json.isEmpty()) {
            return LEFT_OPEN;
        }
        return new Answer.Says(treatment(json, usual));
    }

    private static String text(byte[] body) throws NoAnswer {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder() // which reports what is wrong, rather than to replace it
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("its answer is not UTF-8");
        }
    }

    private static JsonNode json(String text) throws NoAnswer {
        try {
            JsonNode json = MAPPER.readTree(text);
            if (!json.isObject()) {
                throw malformed("its answer is not a JSON object");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw malformed("its answer is not JSON that can be read");
        }
    }

    private static Treatment treatment(JsonNode json, RingPlan usual) throws NoAnswer {
        if (json.has("refuse")) {
            onlyHas(json, Set.of("refuse"));
            return new Treatment.Refuse(word(Treatment.Refusal.values(), json, "refuse"));
        }
        if (json.has("ring")) {
            onlyHas(json, OF_RING);
            return new Treatment.Ring(plan(json, usual), forward(json));
        }
        onlyHas(json, OF_FORWARD);
        return forward(json).orElseThrow(() -> malformed("it has none of ring, forward and refuse"));
    }

    private static void onlyHas(JsonNode json, Set<String> known) throws NoAnswer {
        for (String name : json.propertyStream().map(Map.Entry::getKey).toList()) {
            if (!known.contains(name)) {
                throw malformed("a member that has no place in it is beside "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    private static RingPlan plan(JsonNode json, RingPlan usual) throws NoAnswer {
        RingPlan.Order order = json.has("order") ? word(RingPlan.Order.values(), json, "order") : usual.order();
        Duration each = order == usual.order() ? usual.each() : order.usual();
        return new RingPlan(users(json.get("ring")), order, json.has("seconds") ? seconds(json.get("seconds")) : each);
    }

    private static List<String> users(JsonNode ring) throws NoAnswer {
        if (!ring.isArray() || ring.isEmpty() || ring.size() > MOST_USERS) {
            throw malformed("\"ring\" is no list of 1 to " + MOST_USERS + " users");
        }
        List<String> users = new ArrayList<>();
        for (JsonNode user : ring) {
            if (!user.isTextual() || !USER.matcher(user.textValue()).matches()) {
                throw malformed("\"ring\" holds what is no user");
            }
            users.add(user.textValue());
        }
        if (new HashSet<>(users).size() < users.size()) {
            throw malformed("\"ring\" names a user twice");
        }
        return users;
    }

    private static Duration seconds(JsonNode json) throws NoAnswer {
        if (!json.isInt() || json.intValue() < LEAST_SECONDS || json.intValue() > MOST_SECONDS) {
            throw malformed("\"seconds\" is no whole number from " + LEAST_SECONDS + " to " + MOST_SECONDS);
        }
        return Duration.ofSeconds(json.intValue());
    }

    private static Optional<Forward> forward(JsonNode json) throws NoAnswer {
        if (!json.has("forward")) {
            if (json.has("as")) {
                throw malformed("\"as\" without \"forward\"");
            }
            return Optional.empty();
        }
        JsonNode number = json.get("forward");
        if (!number.isTextual() || !E164.matcher(number.textValue()).matches()) {
            throw malformed("\"forward\" is no number in E.164");
        }
        Forward.As as = json.has("as") ? word(Forward.As.values(), json, "as") : Forward.As.CALLER;
        return Optional.of(new Forward(number.textValue(), as));
    }

    private static <E extends Enum<E>> E word(E[] known, JsonNode json, String member) throws NoAnswer {
        String said = json.get(member).isTextual() ? json.get(member).textValue() : "";
        for (E one : known) {
            if (spelled(one).equals(said)) {
                return one;
            }
        }
        throw malformed("\"" + member + "\" is none of "
                + String.join(
                        ", ", Arrays.stream(known).map(AnswerReader::spelled).toList()));
    }

    private static String spelled(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static NoAnswer malformed(String why) {
        return new NoAnswer(Outcome.MALFORMED, why);
    }
}
