package io.copperline.gateway.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.copperline.gateway.call.CallId;
import io.copperline.sip.PassedHeaders;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a tab may say on {@code /v1/phone}; {@code docs/websocket.md} describes each. */
sealed interface ClientMessage {
    /** The first message, unless the token came as a subprotocol. */
    record Hello(String token) implements ClientMessage {}

    /** A fresh token for the same user. */
    record Token(String token) implements ClientMessage {}

    /** {@code ref} names the call until it has an id. */
    record Call(
            String ref,
            String to,
            Optional<String> from,
            String offer,
            Optional<String> name,
            Map<String, String> headers,
            Optional<String> location)
            implements ClientMessage {}

    record Answer(CallId call, String offer) implements ClientMessage {}

    /** An offer in the middle of a call. */
    record Renegotiate(CallId call, String offer) implements ClientMessage {}

    record Decline(CallId call) implements ClientMessage {}

    record Candidates(CallId call, String sdpfrag) implements ClientMessage {}

    /** To a number, or to the phone of another call. */
    record Transfer(CallId call, Optional<String> to, Optional<CallId> other) implements ClientMessage {}

    record Hangup(CallId call) implements ClientMessage {}

    /** {@code after} is the number of the last event that the tab has seen; 0 replays all. */
    record Resume(CallId call, int after) implements ClientMessage {}

    record Ping() implements ClientMessage {}

    /** The members of an error that say which message it is about. */
    default ObjectNode about() {
        ObjectNode about = Json.object();
        return switch (this) {
            case Hello _ -> about.put("about", "hello");
            case Token _ -> about.put("about", "token");
            case Ping _ -> about.put("about", "ping");
            case Call call -> about.put("about", "call").put("ref", call.ref());
            case Answer answer ->
                about.put("about", "answer").put("call", answer.call().value());
            case Renegotiate renegotiate ->
                about.put("about", "renegotiate").put("call", renegotiate.call().value());
            case Decline decline ->
                about.put("about", "decline").put("call", decline.call().value());
            case Candidates candidates ->
                about.put("about", "candidates").put("call", candidates.call().value());
            case Transfer transfer ->
                about.put("about", "transfer").put("call", transfer.call().value());
            case Hangup hangup ->
                about.put("about", "hangup").put("call", hangup.call().value());
            case Resume resume ->
                about.put("about", "resume").put("call", resume.call().value());
        };
    }

    static ClientMessage parse(String text) throws BadMessage {
        ObjectNode json = Json.parseObject(text);
        String type = required(json, "type", 32);
        return switch (type) {
            case "hello" -> new Hello(required(json, "token", WebUser.MAX_TOKEN_CHARS));
            case "token" -> new Token(required(json, "token", WebUser.MAX_TOKEN_CHARS));
            case "call" ->
                new Call(
                        required(json, "ref", 64),
                        required(json, "to", 128),
                        optional(json, "from", 128),
                        required(json, "offer", Integer.MAX_VALUE),
                        optional(json, "name", 128),
                        texts(json, "headers"),
                        Optional.ofNullable(json.get("location")).map(JsonNode::asText));
            case "answer" -> new Answer(callId(json), required(json, "offer", Integer.MAX_VALUE));
            case "renegotiate" -> new Renegotiate(callId(json), required(json, "offer", Integer.MAX_VALUE));
            case "decline" -> new Decline(callId(json));
            case "candidates" -> new Candidates(callId(json), required(json, "sdpfrag", Integer.MAX_VALUE));
            case "transfer" -> transfer(json);
            case "hangup" -> new Hangup(callId(json));
            case "resume" -> new Resume(callId(json), count(json, "after"));
            case "ping" -> new Ping();
            default -> throw new BadMessage("There is no message of type \"" + printable(type) + "\".");
        };
    }

    /** Whether a text can be the id of a call at all; nothing else is ever looked up. */
    static boolean isCallId(String text) {
        return !text.isEmpty()
                && text.length() <= 64
                && text.chars()
                        .allMatch(c ->
                                (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '-' || c == '_');
    }

    private static Transfer transfer(ObjectNode json) throws BadMessage {
        Optional<String> to = optional(json, "to", 128);
        Optional<CallId> other =
                optional(json, "other", 64).isPresent() ? Optional.of(callId(json, "other")) : Optional.empty();
        if (to.isPresent() == other.isPresent()) {
            throw new BadMessage("A transfer needs a number as \"to\", or another call as \"other\".");
        }
        return new Transfer(callId(json), to, other);
    }

    private static CallId callId(ObjectNode json) throws BadMessage {
        return callId(json, "call");
    }

    private static CallId callId(ObjectNode json, String name) throws BadMessage {
        String text = required(json, name, 64);
        if (!isCallId(text)) {
            throw new BadMessage("\"" + name + "\" is not the id of a call.");
        }
        return new CallId(text);
    }

    private static String required(ObjectNode json, String name, int maxChars) throws BadMessage {
        return optional(json, name, maxChars).orElseThrow(() -> new BadMessage("\"" + name + "\" is missing."));
    }

    private static Optional<String> optional(ObjectNode json, String name, int maxChars) throws BadMessage {
        JsonNode value = json.get(name);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw new BadMessage("\"" + name + "\" must be a text that is not empty.");
        }
        if (value.textValue().length() > maxChars) {
            throw new BadMessage("\"" + name + "\" is longer than " + maxChars + " characters.");
        }
        return Optional.of(value.textValue());
    }

    private static Map<String, String> texts(ObjectNode json, String name) throws BadMessage {
        JsonNode object = json.get(name);
        if (object == null || object.isNull()) {
            return Map.of();
        }
        if (!(object instanceof ObjectNode members) || members.size() > PassedHeaders.MAX_HEADERS) {
            throw new BadMessage(
                    "\"" + name + "\" must be an object of up to " + PassedHeaders.MAX_HEADERS + " texts.");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : members.properties()) {
            texts.put(member.getKey(), required(members, member.getKey(), PassedHeaders.MAX_VALUE_CHARS));
        }
        return texts;
    }

    private static int count(ObjectNode json, String name) throws BadMessage {
        JsonNode value = json.get(name);
        if (value == null || value.isNull()) {
            return 0;
        }
        if (!value.isInt() || value.intValue() < 0) {
            throw new BadMessage("\"" + name + "\" must be a whole number from 0.");
        }
        return value.intValue();
    }

    private static String printable(String text) {
        return text.replaceAll("[^\\x21-\\x7e]", "?");
    }
}
