package io.copperline.gateway.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.copperline.gateway.call.CallEvent;
import io.copperline.gateway.call.CallRefused;
import io.copperline.gateway.call.EventWords;

/** The JSON of the data channel {@code copperline.events}; {@code docs/data-channel.md} describes it. Holds no state. */
public final class EventMessages implements EventWords {
    private static final int MAX_CHARS = 4_096;
    private static final int MAX_DIGITS = 32;
    private static final int USUAL_MILLIS = 100;
    // The range of RTCDTMFSender.insertDTMF, so that both ways take the same.
    private static final int LEAST_MILLIS = 40;
    private static final int MOST_MILLIS = 6_000;

    @Override
    public String protocol() {
        return "copperline.events";
    }

    @Override
    public String event(int number, CallEvent event) {
        ObjectNode json =
                Json.object().put("type", "event").put("number", number).put("event", Wire.name(event));
        return Json.text(Wire.describe(event, json));
    }

    @Override
    public String refused(CallRefused refused) {
        return Json.text(Json.object()
                .put("type", "error")
                .put("code", refused.code().wireName())
                .put("detail", refused.getMessage()));
    }

    @Override
    public Command command(String text) {
        if (text.length() > MAX_CHARS) {
            throw bad("The message is longer than " + MAX_CHARS + " characters.");
        }
        ObjectNode json;
        try {
            json = Json.parseObject(text);
        } catch (BadMessage e) {
            throw bad(e.getMessage());
        }
        return switch (json.path("type").asText()) {
            case "digits" -> new Command.Digits(digits(json.path("digits").asText()), duration(json));
            case "hangup" -> new Command.HangUp();
            default -> throw bad("\"type\" must be \"digits\" or \"hangup\".");
        };
    }

    private static String digits(String text) {
        if (!text.matches("[0-9*#A-Da-d]{1," + MAX_DIGITS + "}")) {
            throw bad("\"digits\" must be 1 to " + MAX_DIGITS + " of 0-9*#ABCD.");
        }
        return text;
    }

    private static int duration(ObjectNode json) {
        JsonNode value = json.path("durationMillis");
        if (value.isMissingNode()) {
            return USUAL_MILLIS;
        }
        if (!value.isInt() || value.intValue() < LEAST_MILLIS || value.intValue() > MOST_MILLIS) {
            throw bad("\"durationMillis\" must be from " + LEAST_MILLIS + " to " + MOST_MILLIS + ".");
        }
        return value.intValue();
    }

    private static CallRefused bad(String detail) {
        return new CallRefused(CallRefused.Code.BAD_MESSAGE, detail);
    }
}
