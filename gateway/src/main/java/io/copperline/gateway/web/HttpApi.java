package io.copperline.gateway.web;

import io.copperline.gateway.call.CallId;
import io.copperline.gateway.call.Calls;
import io.copperline.gateway.call.PlaceCall;
import io.copperline.gateway.call.PlacedCall;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The HTTP call API, {@code docs/http-api.md}: one request places a call, its Location follows and ends it. */
final class HttpApi {
    static final String SDP = "application/sdp";
    static final String FRAGMENT = "application/trickle-ice-sdpfrag";

    private final Calls calls;
    private final Loop loop;
    private final Timings timings;
    private final int maxBodyBytes;
    private final SocketQuota quota;
    private final IceServers iceServers;
    private final InstantSource clock;

    HttpApi(Services services, int maxBodyBytes) {
        calls = services.calls();
        loop = services.loop();
        timings = services.timings();
        quota = services.quota();
        iceServers = services.iceServers();
        clock = services.clock();
        this.maxBodyBytes = maxBodyBytes;
    }

    /** Adds our routes; the requests that reach them have a user. */
    void mount(Router router) {
        router.post("/v1/calls").handler(this::place);
        router.options("/v1/calls").handler(this::options);
        refuseOthers(router, "/v1/calls", "POST, OPTIONS");
        router.get("/v1/ice-servers").handler(this::iceServers);
        refuseOthers(router, "/v1/ice-servers", "GET, OPTIONS");
        router.get("/v1/calls/:id").handler(this::show);
        router.route(HttpMethod.PATCH, "/v1/calls/:id").handler(this::change);
        router.delete("/v1/calls/:id").handler(this::hangUp);
        refuseOthers(router, "/v1/calls/:id", "GET, PATCH, DELETE, OPTIONS");
        router.post("/v1/calls/:id/transfer").handler(this::transfer);
        refuseOthers(router, "/v1/calls/:id/transfer", "POST, OPTIONS");
        router.get("/v1/calls/:id/events").handler(this::events);
        refuseOthers(router, "/v1/calls/:id/events", "GET, OPTIONS");
    }

    private static void refuseOthers(Router router, String path, String allowed) {
        router.route(path).handler(context -> Problems.methodNotAllowed(context, allowed));
    }

    private void place(RoutingContext context) {
        WebUser user = Front.user(context);
        body(context, SDP)
                .compose(offer -> {
                    var request = new PlaceCall(
                            user.name(),
                            number(context, "to").orElseThrow(HttpApi::toIsMissing),
                            number(context, "from"),
                            user.limits(),
                            offer,
                            HeaderQuery.name(context),
                            HeaderQuery.headers(context),
                            HeaderQuery.location(context));
                    return loop.await(calls.place(request));
                })
                .onSuccess(placed -> created(context, placed))
                .onFailure(context::fail);
    }

    private void created(RoutingContext context, PlacedCall placed) {
        if (context.response().closed()) {
            // Nobody is left who could answer the phone's "hello?".
            calls.hangUp(placed.id(), Front.user(context).name());
            return;
        }
        context.response()
                .setStatusCode(201)
                .putHeader("Location", "/v1/calls/" + placed.id().value())
                .putHeader("Content-Type", SDP)
                .putHeader("Link", iceServersOf(context).links())
                .end(placed.answer());
    }

    /** RFC 9725 section 4.6: for those who cannot change their servers once they have an offer. */
    private void options(RoutingContext context) {
        idle(context);
        context.response()
                .putHeader("Link", iceServersOf(context).links())
                .setStatusCode(204)
                .end();
    }

    private void iceServers(RoutingContext context) {
        idle(context);
        context.response()
                .putHeader("Content-Type", "application/json")
                .end(Json.text(iceServersOf(context).describe(Json.object())));
    }

    private IceServerList iceServersOf(RoutingContext context) {
        return iceServers.forUser(Front.user(context).name(), clock.instant());
    }

    private void show(RoutingContext context) {
        idle(context);
        loop.await(calls.snapshot(callId(context), Front.user(context).name()))
                .map(found -> found.orElseThrow(Front::noSuchCall))
                .onSuccess(call -> context.response()
                        .putHeader("Content-Type", "application/json")
                        .end(Json.text(Wire.snapshot(call))))
                .onFailure(context::fail);
    }

    private void change(RoutingContext context) {
        if (RequestBody.is(context.request(), SDP)) {
            renegotiate(context);
        } else {
            trickle(context);
        }
    }

    private void renegotiate(RoutingContext context) {
        CallId call = callId(context);
        body(context, SDP)
                .compose(offer ->
                        loop.await(calls.renegotiate(call, Front.user(context).name(), offer)))
                .onSuccess(answer ->
                        context.response().putHeader("Content-Type", SDP).end(answer))
                .onFailure(context::fail);
    }

    private void trickle(RoutingContext context) {
        CallId call = callId(context);
        body(context, FRAGMENT)
                .compose(fragment ->
                        loop.await(calls.onFragment(call, Front.user(context).name(), fragment)))
                .onSuccess(restarted -> restarted.ifPresentOrElse(
                        ours -> context.response()
                                .putHeader("Content-Type", FRAGMENT)
                                .end(ours),
                        () -> noContent(context)))
                .onFailure(context::fail);
    }

    private void hangUp(RoutingContext context) {
        idle(context);
        loop.await(calls.hangUp(callId(context), Front.user(context).name()))
                .onSuccess(_ -> noContent(context))
                .onFailure(context::fail);
    }

    /** To a number of the query, or to the phone of another call. */
    private void transfer(RoutingContext context) {
        idle(context);
        WebUser user = Front.user(context);
        Optional<String> to = number(context, "to");
        List<String> others = context.queryParam("call");
        if (to.isPresent() == !others.isEmpty() || others.size() > 1) {
            throw new Refused(
                    ProblemCode.BAD_REQUEST, "The query needs the number as \"to\", or another call's id as \"call\".");
        }
        CompletionStage<Void> begun = to.isPresent()
                ? calls.transfer(callId(context), user.name(), to.get(), user.limits())
                : calls.transfer(callId(context), user.name(), callId(others.getFirst()));
        loop.await(begun)
                .onSuccess(_ -> context.response().setStatusCode(202).end())
                .onFailure(context::fail);
    }

    private void events(RoutingContext context) {
        idle(context);
        new EventStream(context, loop, timings.heartbeat(), quota).start(calls, callId(context));
    }

    private static void noContent(RoutingContext context) {
        context.response().setStatusCode(204).end();
    }

    /** Lets a body that nobody asked for run by. */
    private static void idle(RoutingContext context) {
        context.request().resume();
    }

    private Future<String> body(RoutingContext context, String type) {
        return RequestBody.read(context.request(), type, maxBodyBytes, loop, timings.request());
    }

    private static CallId callId(RoutingContext context) {
        return callId(context.pathParam("id"));
    }

    private static CallId callId(String text) {
        if (!ClientMessage.isCallId(text)) {
            throw Front.noSuchCall();
        }
        return new CallId(text);
    }

    /** A number of the query. People forget to write its plus as {@code %2B}, and it arrives as a space. */
    private static Optional<String> number(RoutingContext context, String name) {
        List<String> values = context.queryParam(name);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        String value = values.getFirst();
        if (values.size() > 1 || value.isBlank() || value.length() > 128) {
            throw new Refused(ProblemCode.BAD_REQUEST, "The query needs one number as \"" + name + "\".");
        }
        return Optional.of(value.startsWith(" ") ? "+" + value.strip() : value);
    }

    private static Refused toIsMissing() {
        return new Refused(
                ProblemCode.BAD_REQUEST, "The query needs the number to call as \"to\", its plus sign escaped.");
    }
}
