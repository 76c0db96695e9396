package io.copperline.gateway.web;

import io.copperline.config.HttpSettings;
import io.copperline.gateway.call.CallRefused;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.Optional;

/** What every request passes before it is looked at: headers, where it comes from, how often, whose page, whose token. */
final class Front {
    private static final String PEER = "peer";
    private static final String USER = "user";

    private final TrustedProxies proxies;
    private final Origins origins;
    private final RateLimiter addresses;
    private final RateLimiter users;
    private final TokenVerifier tokens;
    private final Loop loop;
    private final InstantSource clock;

    Front(HttpSettings settings, TokenVerifier tokens, Loop loop, InstantSource clock) {
        proxies = new TrustedProxies(settings.trustedProxies());
        origins = new Origins(settings.publicUrl(), settings.allowedOrigins());
        addresses = new RateLimiter(settings.limits().requestsPerMinutePerAddress());
        users = new RateLimiter(settings.limits().requestsPerMinutePerUser());
        this.tokens = tokens;
        this.loop = loop;
        this.clock = clock;
    }

    /** Sets the headers that every answer has, and notes who asks. */
    void enter(RoutingContext context) {
        HttpServerRequest request = context.request();
        MultiMap headers = request.headers();
        context.response()
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cache-Control", "no-store");
        String host = request.authority() == null ? "" : request.authority().toString();
        context.put(
                PEER,
                proxies.peer(
                        request.remoteAddress().hostAddress(),
                        request.isSSL() ? "https" : "http",
                        host,
                        String.join(",", headers.getAll("X-Forwarded-For")),
                        headers.get("X-Forwarded-Proto") == null ? "" : headers.get("X-Forwarded-Proto"),
                        headers.get("X-Forwarded-Host") == null ? "" : headers.get("X-Forwarded-Host")));
        context.next();
    }

    static Peer peer(RoutingContext context) {
        return context.get(PEER);
    }

    void limitAddress(RoutingContext context) {
        limited(addresses, peer(context).rateKey());
        context.next();
    }

    /** Counts one request or message of a user; {@link Refused} past the limit. */
    void limitUser(WebUser user) {
        limited(users, user.name());
    }

    private void limited(RateLimiter limiter, String key) {
        int waitSeconds = limiter.take(key, clock.millis());
        if (waitSeconds > 0) {
            throw new Refused(Problem.rateLimited(waitSeconds));
        }
    }

    /** CORS (Fetch standard): refuses pages of other origins and answers preflights. */
    void cors(RoutingContext context) {
        HttpServerResponse response = context.response().putHeader("Vary", "Origin");
        String origin = context.request().getHeader("Origin");
        if (origin != null) {
            checkOrigin(context);
            response.putHeader("Access-Control-Allow-Origin", origin)
                    .putHeader("Access-Control-Expose-Headers", "Link, Location, Retry-After, WWW-Authenticate");
        }
        if (!context.request().method().name().equals("OPTIONS")) {
            context.next();
            return;
        }
        response.putHeader("Access-Control-Allow-Methods", "GET, POST, PATCH, DELETE, OPTIONS")
                .putHeader("Access-Control-Allow-Headers", "Authorization, Content-Type, Last-Event-ID")
                .putHeader("Access-Control-Max-Age", "600")
                .putHeader("Accept-Post", "application/sdp")
                .putHeader("Accept-Patch", HttpApi.FRAGMENT);
        // A browser's preflight never shows a token; a page that asks for ICE servers (RFC 9725 section 4.6) does.
        if (context.request().getHeader("Authorization") != null
                && context.request().path().equals("/v1/calls")) {
            context.next();
        } else {
            response.setStatusCode(204).end();
        }
    }

    /** Refuses a page of another origin. Programs that are no browser send no {@code Origin} and pass. */
    void checkOrigin(RoutingContext context) {
        String origin = context.request().getHeader("Origin");
        if (origin != null && !origins.allows(origin, peer(context))) {
            throw new Refused(
                    ProblemCode.ORIGIN_NOT_ALLOWED, "The operator can add this page's origin to http.allowed-origins.");
        }
    }

    boolean isOurName(RoutingContext context) {
        return origins.isOurName(peer(context));
    }

    /** Reads the bearer token (RFC 6750 section 2.1) and counts the request to its user. */
    void authenticate(RoutingContext context) {
        Optional<String> token = bearer(context);
        if (token.isEmpty()) {
            throw new Refused(ProblemCode.UNAUTHORIZED, "The header \"Authorization: Bearer TOKEN\" is missing.");
        }
        HttpServerRequest request = context.request().pause();
        verify(token.get())
                .onSuccess(user -> {
                    context.put(USER, user);
                    context.next();
                })
                .onFailure(failure -> {
                    request.resume();
                    context.fail(failure);
                });
    }

    void limitUser(RoutingContext context) {
        limitUser(user(context));
        context.next();
    }

    static WebUser user(RoutingContext context) {
        return context.get(USER);
    }

    /** Reads a token: at once where we hold the key, on a thread of its own where keys may have to be fetched. */
    Future<WebUser> verify(String token) {
        if (tokens.fetchesKeys()) {
            return loop.errand(() -> tokens.verify(token));
        }
        try {
            return Future.succeededFuture(tokens.verify(token));
        } catch (Refused refused) {
            return Future.failedFuture(refused);
        }
    }

    private static Optional<String> bearer(RoutingContext context) {
        String header = context.request().getHeader("Authorization");
        if (header != null) {
            return header.regionMatches(true, 0, "Bearer ", 0, 7)
                    ? Optional.of(header.substring(7).strip())
                    : Optional.empty();
        }
        // EventSource cannot send headers; nothing but the event stream takes the token from the query.
        boolean events = context.request().path().endsWith("/events");
        return events ? Optional.ofNullable(context.request().getParam("access_token")) : Optional.empty();
    }

    static CallRefused noSuchCall() {
        return new CallRefused(CallRefused.Code.NO_SUCH_CALL, "You have no call of this id.");
    }
}
