package io.copperline.gateway.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.copperline.sip.Diversion;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a web service is told of a call in.
 *
 * @param call its id, by which records, log and API name it
 * @param from the caller's number, in E.164 where it could be normalised; empty where it is withheld
 * @param to the called number, likewise
 * @param verstat whether the caller is who he says; empty where nobody has looked
 * @param diversion who has forwarded the call
 * @param headers those that the trunk passes in
 */
public record Question(
        String call,
        String trunk,
        String from,
        String to,
        Optional<String> name,
        String verstat,
        Optional<Diversion> diversion,
        Map<String, String> headers) {
    public Question {
        headers = Map.copyOf(headers);
    }

    String json(Instant at) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("event", "incoming")
                .put("call", call)
                .put("at", at.toString())
                .put("trunk", trunk)
                .put("from", from)
                .put("withheld", from.isEmpty())
                .put("to", to);
        name.ifPresent(who -> json.put("name", who));
        diversion.ifPresent(who -> json.putObject("diversion")
                .put("number", who.number())
                .put("reason", who.reason().wireName())
                .put("withheld", who.withheld()));
        if (!verstat.isEmpty()) {
            json.put("verstat", verstat);
        }
        if (!headers.isEmpty()) {
            headers.forEach(json.putObject("headers")::put);
        }
        return json.toString();
    }

    /** Redacted: it passes through logs. */
    @Override
    public String toString() {
        return "Question[" + call + "]";
    }
}
