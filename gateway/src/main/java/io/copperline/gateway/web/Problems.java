package io.copperline.gateway.web;

import io.copperline.gateway.call.CallRefused;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where a request that failed gets its answer. Our own mistakes are logged here and never shown. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final long LOG_EVERY_MILLIS = 60_000;
    private static final Duration LINGER = Duration.ofMillis(500);

    private final WebCounters counters;
    private final Loop loop;
    private final InstantSource clock;
    private long loggedAtMillis = Long.MIN_VALUE / 2;

    Problems(WebCounters counters, Loop loop, InstantSource clock) {
        this.counters = counters;
        this.loop = loop;
        this.clock = clock;
    }

    /** What a failure is to the outside. */
    Problem of(Throwable failure) {
        Problem problem = switch (failure) {
            case Refused refused -> refused.problem();
            case CallRefused refused -> Problem.of(refused);
            default -> internal(failure);
        };
        counters.count("refused." + problem.code());
        return problem;
    }

    private Problem internal(Throwable failure) {
        long now = clock.millis();
        if (now - loggedAtMillis >= LOG_EVERY_MILLIS) {
            loggedAtMillis = now;
            LOG.error("a request failed by a mistake of ours", failure);
        }
        return Problem.of(ProblemCode.INTERNAL, "The operator finds the reason in the gateway's log.");
    }

    /** Answers a request whose route failed. */
    void answer(RoutingContext context) {
        // What the router refuses by itself, a request without Host for instance, comes with a status of its own.
        boolean refusedByRouter = context.failure() == null || context.statusCode() / 100 == 4;
        Problem problem = refusedByRouter
                ? of(new Refused(byStatus(context.statusCode()), "See docs/http-api.md."))
                : of(context.failure());
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            response.reset();
            return;
        }
        if (problem.status() == 401) {
            boolean shown = context.request().getHeader("Authorization") != null;
            String error = shown ? ", error=\"invalid_token\"" : "";
            response.putHeader("WWW-Authenticate", "Bearer realm=\"copperline\"" + error);
        }
        problem.retryAfterSeconds().ifPresent(seconds -> response.putHeader("Retry-After", String.valueOf(seconds)));
        response.setStatusCode(problem.status()).putHeader("Content-Type", "application/problem+json");
        if (context.request().isEnded() || context.request().version() == HttpVersion.HTTP_2) {
            response.end(Json.text(problem.json()));
        } else {
            endUnread(context, Json.text(problem.json()));
        }
    }

    /**
     * Answers a request whose body we will not read. The connection is closed, but a moment later: a browser that is still
     * sending would otherwise see a broken connection instead of our answer.
     */
    private void endUnread(RoutingContext context, String text) {
        context.request().handler(_ -> {}).resume();
        context.response().putHeader("Connection", "close").end(text);
        loop.after(LINGER, () -> context.request().connection().close());
    }

    /** Refuses a method, naming those that work. */
    static void methodNotAllowed(RoutingContext context, String allowed) {
        context.response().putHeader("Allow", allowed);
        context.fail(new Refused(ProblemCode.METHOD_NOT_ALLOWED, "Use one of " + allowed + "."));
    }

    private static ProblemCode byStatus(int status) {
        return switch (status) {
            case 404 -> ProblemCode.NOT_FOUND;
            case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
            case 413 -> ProblemCode.TOO_LARGE;
            case 415 -> ProblemCode.UNSUPPORTED_MEDIA_TYPE;
            default -> status >= 500 ? ProblemCode.INTERNAL : ProblemCode.BAD_REQUEST;
        };
    }
}
