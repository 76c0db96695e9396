package io.copperline.gateway.web;

import io.copperline.config.HttpSettings;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.ext.web.Router;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The TCP port: its bounds, its connections that have not asked anything yet, and its certificate as the files change. */
final class Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_LINE_BYTES = 8 * 1024;
    private static final int IDLE_SECONDS = 60;
    private static final int SPARE_CONNECTIONS = 512;

    private final HttpServer server;
    private final Loop loop;
    private final Timings timings;
    private final WebCounters counters;
    private final int maxConnections;
    private final Set<HttpConnection> silent = new HashSet<>();
    private int connections;
    private Optional<CertificateFiles.Pair> shown;
    private boolean complained;

    private Listener(
            HttpServer server,
            Loop loop,
            Timings timings,
            WebCounters counters,
            int maxConnections,
            Optional<CertificateFiles.Pair> shown) {
        this.server = server;
        this.loop = loop;
        this.timings = timings;
        this.counters = counters;
        this.maxConnections = maxConnections;
        this.shown = shown;
    }

    static HttpServer listen(
            Vertx vertx, HttpSettings http, Timings timings, WebCounters counters, Loop loop, Router router)
            throws WebServerFailed {
        Optional<CertificateFiles> files = http.tls().map(CertificateFiles::new);
        Optional<CertificateFiles.Pair> pair =
                files.isPresent() ? Optional.of(files.get().read()) : Optional.empty();
        HttpServer server = vertx.createHttpServer(options(http, pair));
        var listener =
                new Listener(server, loop, timings, counters, http.limits().sockets() + SPARE_CONNECTIONS, pair);
        server.connectionHandler(listener::onConnection);
        server.exceptionHandler(_ -> counters.count("refused.handshake"));
        server.requestHandler(request -> {
            listener.onRequest(request);
            if (isReadable(request.uri())) {
                router.handle(request);
            } else {
                counters.count("refused.uri");
                request.response().setStatusCode(400).end();
            }
        });
        try {
            server.listen().toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new WebServerFailed(
                    "http: cannot listen on " + http.bind() + ":" + http.port() + " ("
                            + e.getCause().getMessage() + "). Stop what uses the port, or change http.port.",
                    e);
        }
        files.ifPresent(tls -> loop.every(timings.certificates(), () -> listener.watch(tls)));
        return server;
    }

    private static HttpServerOptions options(HttpSettings http, Optional<CertificateFiles.Pair> pair) {
        var options = new HttpServerOptions()
                .setHost(http.bind())
                .setPort(http.port())
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxInitialLineLength(MAX_LINE_BYTES)
                .setMaxWebSocketFrameSize(http.limits().messageBytes())
                .setMaxWebSocketMessageSize(http.limits().messageBytes())
                .setWebSocketSubProtocols(List.of(PhoneSockets.SUBPROTOCOL))
                .setWebSocketClosingTimeout(2)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setHandle100ContinueAutomatically(true)
                .setHttp2ClearTextEnabled(false)
                .setInitialSettings(
                        new Http2Settings().setMaxConcurrentStreams(64).setMaxHeaderListSize(MAX_HEADER_BYTES));
        pair.map(CertificateFiles.Pair::options)
                .ifPresent(certificate -> options.setSsl(true)
                        .setUseAlpn(true)
                        .setSslHandshakeTimeout(10)
                        .setKeyCertOptions(certificate)
                        .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3")));
        return options;
    }

    /** Bounds the connections, and drops one that asks nothing in time. */
    private void onConnection(HttpConnection connection) {
        if (connections >= maxConnections) {
            counters.count("refused.connection");
            connection.close();
            return;
        }
        connections++;
        silent.add(connection);
        Loop.Timer timer = loop.after(timings.request(), () -> {
            if (silent.remove(connection)) {
                counters.count("refused.silent");
                connection.close();
            }
        });
        connection.exceptionHandler(_ -> counters.count("connection.failed"));
        connection.closeHandler(_ -> {
            connections--;
            silent.remove(connection);
            timer.cancel();
        });
    }

    private void onRequest(HttpServerRequest request) {
        silent.remove(request.connection());
        counters.count("requests");
    }

    /** Whether every percent sign escapes a byte; the router takes one that does not for a mistake of ours. */
    private static boolean isReadable(String uri) {
        return uri.startsWith("/") && !BROKEN_ESCAPE.matcher(uri).find();
    }

    private void watch(CertificateFiles files) {
        loop.errand(files::read).onSuccess(this::show).onFailure(this::complain);
    }

    private void show(CertificateFiles.Pair pair) {
        complained = false;
        if (shown.isPresent() && shown.get().sameAs(pair)) {
            return;
        }
        PemKeyCertOptions certificate = pair.options();
        server.updateSSLOptions(new ServerSSLOptions()
                        .setUseAlpn(true)
                        .setApplicationLayerProtocols(List.of("h2", "http/1.1"))
                        .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
                        .setKeyCertOptions(certificate))
                .onSuccess(_ -> {
                    shown = Optional.of(pair);
                    LOG.info("the new certificate is in use");
                })
                .onFailure(this::complain);
    }

    /** The certificate in use stays; the operator hears once what is wrong with the new one. */
    private void complain(Throwable failure) {
        if (!complained) {
            complained = true;
            LOG.warn("the certificate in use stays: {}", failure.getMessage());
        }
    }
}
