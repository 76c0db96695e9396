package io.copperline.gateway.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The operator's addresses, {@code /health/...} and {@code /metrics}, and in the lab {@code /lab/token}. */
final class OpsPages {
    private static final String READING = "GET, HEAD";

    private final Extras extras;
    private final Loop loop;
    private final Front front;

    OpsPages(Extras extras, Loop loop, Front front) {
        this.extras = extras;
        this.loop = loop;
        this.front = front;
    }

    /** Health is asked before rates are counted: a probe must not be refused. */
    void mountHealth(Router router) {
        reading(
                router,
                "/health/live",
                context -> answer(
                        context,
                        () -> extras.live().getAsBoolean() ? List.of() : List.of("the gateway does not work")));
        reading(
                router,
                "/health/ready",
                context -> answer(context, () -> extras.notReady().get()));
    }

    void mountRest(Router router) {
        reading(router, "/metrics", this::metrics);
        extras.labTokens().ifPresent(tokens -> reading(router, "/lab/token", context -> labToken(context, tokens)));
    }

    private static void reading(Router router, String path, Handler<RoutingContext> handler) {
        router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
        router.route(path).handler(context -> Problems.methodNotAllowed(context, READING));
    }

    private void answer(RoutingContext context, Callable<List<String>> failing) {
        loop.errand(failing)
                .onSuccess(reasons -> {
                    ObjectNode json = Json.object().put("status", reasons.isEmpty() ? "ok" : "failing");
                    ArrayNode list = json.putArray("failing");
                    reasons.forEach(list::add);
                    context.response()
                            .setStatusCode(reasons.isEmpty() ? 200 : 503)
                            .putHeader("Content-Type", "application/json")
                            .end(Json.text(json));
                })
                .onFailure(context::fail);
    }

    private void metrics(RoutingContext context) {
        loop.errand(() -> extras.metrics().get())
                .onSuccess(text -> context.response()
                        .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(text))
                .onFailure(context::fail);
    }

    /** No token for a page of somebody else, nor for one that reached us under a made-up name. */
    private void labToken(RoutingContext context, LabTokens tokens) {
        front.checkOrigin(context);
        if (!front.isOurName(context)) {
            throw new Refused(ProblemCode.ORIGIN_NOT_ALLOWED, "The lab is reached by localhost or by an address.");
        }
        String user = Optional.ofNullable(context.request().getParam("user")).orElse("");
        String token = tokens.token(user)
                .orElseThrow(() -> new Refused(ProblemCode.NOT_FOUND, "The lab's users are alice, bob and operator."));
        context.response()
                .putHeader("Content-Type", "application/json")
                .end(Json.text(Json.object().put("token", token)));
    }
}
