package io.copperline.gateway.web;

import io.copperline.codecs.Secret;
import io.copperline.config.AuthSettings;
import io.copperline.config.HttpSettings;
import io.copperline.config.IceServerSettings;
import io.copperline.gateway.call.Calls;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The browser-facing door: one port with the call API, the WebSocket, the page, health and metrics. */
public final class WebServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final int STOP_SECONDS = 5;

    private final Vertx vertx;
    private final Loop loop;
    private final SocketQuota quota;
    private final PhoneSockets sockets;
    private final WebCounters counters;
    private final HttpServer server;

    private WebServer(
            Vertx vertx, Loop loop, SocketQuota quota, PhoneSockets sockets, WebCounters counters, HttpServer server) {
        this.vertx = vertx;
        this.loop = loop;
        this.quota = quota;
        this.sockets = sockets;
        this.counters = counters;
        this.server = server;
    }

    /**
     * Opens the door; it is open when this returns.
     *
     * @param iceServers what pages are told of
     * @param users the presence that {@code calls} was given
     * @param clock wall time, for tokens and rates
     */
    public static WebServer start(
            HttpSettings http,
            AuthSettings auth,
            List<IceServerSettings> iceServers,
            Calls calls,
            WebUsers users,
            InstantSource clock,
            Extras extras)
            throws WebServerFailed {
        return start(http, auth, iceServers, calls, users, clock, extras, Timings.STANDARD);
    }

    static WebServer start(
            HttpSettings http,
            AuthSettings auth,
            List<IceServerSettings> iceServers,
            Calls calls,
            WebUsers users,
            InstantSource clock,
            Extras extras,
            Timings timings)
            throws WebServerFailed {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(2)
                .setPreferNativeTransport(false)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        try {
            var loop = new Loop(vertx);
            var counters = new WebCounters();
            var quota = new SocketQuota(http.limits());
            var front = new Front(http, verifier(auth, extras, clock), loop, clock);
            var problems = new Problems(counters, loop, clock);
            var services = new Services(
                    calls,
                    users,
                    loop,
                    front,
                    problems,
                    quota,
                    counters,
                    timings,
                    new IceServers(iceServers),
                    clock,
                    extras.nowNanos());
            var sockets = new PhoneSockets(services);
            var api = new HttpApi(services, http.limits().bodyBytes());
            var trunks =
                    new TrunkApi(extras.trunks(), loop, timings, http.limits().bodyBytes());
            Router router = router(vertx, front, problems, sockets, api, trunks, new OpsPages(extras, loop, front));
            HttpServer server = Listener.listen(vertx, http, timings, counters, loop, router);
            return new WebServer(vertx, loop, quota, sockets, counters, server);
        } catch (WebServerFailed | RuntimeException e) {
            await(vertx);
            throw e;
        }
    }

    private static TokenVerifier verifier(AuthSettings auth, Extras extras, InstantSource clock) {
        if (auth.jwksUrl().isPresent()) {
            return TokenVerifier.jwks(auth.jwksUrl().get(), auth, clock);
        }
        byte[] secret = auth.hs256Secret()
                .map(Secret::reveal)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .or(() -> extras.labTokens().map(LabTokens::secret))
                .orElseThrow(() -> new IllegalArgumentException("neither auth.hs256-secret nor auth.jwks-url"));
        return TokenVerifier.hs256(secret, auth, clock);
    }

    private static Router router(
            Vertx vertx,
            Front front,
            Problems problems,
            PhoneSockets sockets,
            HttpApi api,
            TrunkApi trunks,
            OpsPages ops) {
        Router router = Router.router(vertx);
        router.route().failureHandler(problems::answer);
        router.route().handler(front::enter);
        ops.mountHealth(router);
        router.route().handler(front::limitAddress);
        router.get("/v1/phone").handler(sockets::upgrade);
        router.route("/v1/*").handler(front::cors);
        router.route("/v1/calls*").handler(front::authenticate).handler(front::limitUser);
        router.route("/v1/ice-servers").handler(front::authenticate).handler(front::limitUser);
        router.route("/v1/trunks*").handler(front::authenticate).handler(front::limitUser);
        api.mount(router);
        trunks.mount(router);
        ops.mountRest(router);
        StaticPages.mount(router);
        router.route().handler(_ -> {
            throw new Refused(ProblemCode.NOT_FOUND, "See docs/http-api.md for what is here.");
        });
        return router;
    }

    /** The TCP port that is really listened on. */
    public int port() {
        return server.actualPort();
    }

    /** What happened at this door so far, by name, such as {@code refused.unauthorized}. From any thread. */
    public Map<String, Long> counters() {
        return counters.snapshot();
    }

    /** WebSockets and event streams that are open. From any thread. */
    public int openSockets() {
        return quota.open();
    }

    /** Closes every connection and frees the port; calls are not touched. */
    @Override
    public void close() {
        loop.stop();
        loop.execute(sockets::close);
        await(vertx);
    }

    private static void await(Vertx vertx) {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the web server did not stop cleanly", e);
        }
    }
}
