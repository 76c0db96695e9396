package io.copperline.gateway.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.copperline.gateway.call.TrunkUse;
import io.copperline.gateway.doctor.Finding;
import io.copperline.sip.TrunkFailure;
import io.copperline.sip.TrunkState;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** The operator's view of trunks, {@code docs/http-api.md}: how each is doing, and what is wrong with one. */
final class TrunkApi {
    private static final String JSON = "application/json";
    private static final String LINES = "application/x-ndjson";
    private static final Set<String> KEYS = Set.of("call", "from");

    private final TrunkInspection trunks;
    private final Loop loop;
    private final Timings timings;
    private final int maxBodyBytes;
    /** Each test takes sockets and threads of its own; one at a time is enough for people. */
    private final AtomicBoolean testing = new AtomicBoolean();

    TrunkApi(TrunkInspection trunks, Loop loop, Timings timings, int maxBodyBytes) {
        this.trunks = trunks;
        this.loop = loop;
        this.timings = timings;
        this.maxBodyBytes = maxBodyBytes;
    }

    /** Adds our routes; the requests that reach them have a user. */
    void mount(Router router) {
        router.route("/v1/trunks*").handler(TrunkApi::operatorsOnly);
        router.get("/v1/trunks").handler(this::list);
        router.route("/v1/trunks").handler(context -> Problems.methodNotAllowed(context, "GET, OPTIONS"));
        router.post("/v1/trunks/:name/tests").handler(this::test);
        router.route("/v1/trunks/:name/tests").handler(context -> Problems.methodNotAllowed(context, "POST, OPTIONS"));
    }

    private static void operatorsOnly(RoutingContext context) {
        if (!Front.user(context).operator()) {
            throw new Refused(ProblemCode.NOT_AN_OPERATOR, "The token needs the claim \"operator\": true.");
        }
        context.next();
    }

    private void list(RoutingContext context) {
        context.request().resume();
        ObjectNode json = Json.object();
        ArrayNode list = json.putArray("trunks");
        trunks.states().forEach((name, state) -> list.add(describe(name, state, trunks.use(name))));
        context.response().putHeader("Content-Type", JSON).end(Json.text(json));
    }

    private static ObjectNode describe(String name, TrunkState state, TrunkUse use) {
        ObjectNode json = Json.object()
                .put("name", name)
                .put("health", Wire.spelled(state.health()))
                .put("usable", state.usable())
                .put("registration", Wire.spelled(state.registration()));
        state.registeredUntil().ifPresent(until -> json.put("registeredUntil", until.toString()));
        ArrayNode accounts = json.putArray("accounts");
        state.accounts()
                .forEach(account -> accounts.add(Json.object()
                        .put("username", account.username())
                        .put("registration", Wire.spelled(account.registration()))));
        json.put("servers", state.servers()).put("serversDown", state.serversDown());
        state.roundTrip().ifPresent(trip -> json.put("roundTripMillis", trip.toMillis()));
        json.put("activeCalls", state.activeCalls());
        limits(json.putObject("limits"), use);
        ArrayNode failures = json.putArray("failures");
        state.lookupFailure().ifPresent(failure -> failures.add(describe("resolve", failure)));
        state.probeFailure().ifPresent(failure -> failures.add(describe("options", failure)));
        state.registrationFailure().ifPresent(failure -> failures.add(describe("register", failure)));
        return json;
    }

    /** Of each limit that the trunk has: how much, and how much of it is used. */
    private static void limits(ObjectNode json, TrunkUse use) {
        use.channels()
                .ifPresent(most -> json.putObject("channels").put("limit", most).put("used", use.channelsNow()));
        use.out()
                .calls()
                .ifPresent(most -> json.putObject("calls").put("limit", most).put("used", use.callsNow()));
        use.out().perSecond().ifPresent(most -> json.putObject("callsPerSecond").put("limit", most));
        use.out()
                .minutesPerDay()
                .ifPresent(most -> json.putObject("minutesPerDay")
                        .put("limit", most)
                        .put("used", Math.floor(use.minutesToday() * 10) / 10));
    }

    private static ObjectNode describe(String step, TrunkFailure failure) {
        return Json.object()
                .put("step", step)
                .put("what", failure.what())
                .put("fix", failure.fix())
                .put("since", failure.since().toString());
    }

    private void test(RoutingContext context) {
        String name = context.pathParam("name");
        if (!trunks.states().containsKey(name)) {
            throw new Refused(ProblemCode.NOT_FOUND, "There is no such trunk; see /v1/trunks.");
        }
        wishes(context)
                .onSuccess(wish -> examine(context, name, text(wish, "call"), text(wish, "from")))
                .onFailure(context::fail);
    }

    private Future<JsonNode> wishes(RoutingContext context) {
        if (context.request().getHeader("Content-Type") == null) {
            context.request().resume();
            return Future.succeededFuture(Json.object());
        }
        return RequestBody.read(context.request(), JSON, maxBodyBytes, loop, timings.request())
                .map(TrunkApi::parse);
    }

    private static JsonNode parse(String body) {
        try {
            ObjectNode json = Json.parseObject(body);
            for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
                String name = names.next();
                if (!KEYS.contains(name) || !json.path(name).isTextual()) {
                    throw new Refused(ProblemCode.BAD_REQUEST, "The body has \"call\" and \"from\", both texts.");
                }
            }
            return json;
        } catch (BadMessage e) {
            throw new Refused(ProblemCode.BAD_REQUEST, e.getMessage());
        }
    }

    private static Optional<String> text(JsonNode json, String name) {
        return Optional.ofNullable(json.get(name)).map(JsonNode::asText);
    }

    private void examine(RoutingContext context, String trunk, Optional<String> call, Optional<String> from) {
        if (!testing.compareAndSet(false, true)) {
            context.fail(new Refused(ProblemCode.BUSY, "Another trunk is being tested. Try again in a minute."));
            return;
        }
        HttpServerResponse response = context.response();
        loop.errand(() -> {
                    trunks.examine(trunk, call, from, finding -> loop.execute(() -> tell(response, finding)));
                    return true;
                })
                .onComplete(_ -> testing.set(false))
                .onSuccess(_ -> response.end())
                .onFailure(failure -> context.fail(
                        failure instanceof IllegalArgumentException
                                ? new Refused(ProblemCode.BAD_REQUEST, failure.getMessage())
                                : failure));
    }

    /** A line for each step, at once: a test with a call takes as long as people wait for. */
    private static void tell(HttpServerResponse response, Finding finding) {
        if (response.closed()) {
            return;
        }
        if (!response.headWritten()) {
            response.putHeader("Content-Type", LINES)
                    .putHeader("X-Accel-Buffering", "no")
                    .setChunked(true);
        }
        var _ = response.write(finding.json() + "\n");
    }
}
