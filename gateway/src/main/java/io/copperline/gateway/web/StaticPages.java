package io.copperline.gateway.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The phone page and the browser library, held in memory: a list of files, so no path leads anywhere else. */
final class StaticPages {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "media-src 'self' blob: mediastream:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
                    + "frame-ancestors 'none'";
    private static final String STYLE = "text/css; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";

    private static final List<Page> PAGES = List.of(
            new Page("/", "index.html", "text/html; charset=utf-8"),
            new Page("/base.css", "base.css", STYLE),
            new Page("/phone.css", "phone.css", STYLE),
            new Page("/extras.css", "extras.css", STYLE),
            new Page("/phone.js", "phone.js", SCRIPT),
            new Page("/signin.js", "signin.js", SCRIPT),
            new Page("/sound.js", "sound.js", SCRIPT),
            new Page("/view.js", "view.js", SCRIPT),
            new Page("/words.js", "words.js", SCRIPT),
            new Page("/icon.svg", "icon.svg", "image/svg+xml"),
            new Page("/copperline/copperline.js", "copperline/copperline.js", SCRIPT),
            new Page("/copperline/call.js", "copperline/call.js", SCRIPT),
            new Page("/copperline/channel.js", "copperline/channel.js", SCRIPT),
            new Page("/copperline/deferred.js", "copperline/deferred.js", SCRIPT),
            new Page("/copperline/transfer.js", "copperline/transfer.js", SCRIPT),
            new Page("/copperline/socket.js", "copperline/socket.js", SCRIPT),
            new Page("/copperline/quality.js", "copperline/quality.js", SCRIPT),
            new Page("/copperline/renegotiation.js", "copperline/renegotiation.js", SCRIPT),
            new Page("/copperline/restart.js", "copperline/restart.js", SCRIPT),
            new Page("/copperline/digits.js", "copperline/digits.js", SCRIPT),
            new Page("/copperline/location.js", "copperline/location.js", SCRIPT),
            new Page("/copperline/trickle.js", "copperline/trickle.js", SCRIPT),
            new Page("/copperline/errors.js", "copperline/errors.js", SCRIPT),
            new Page("/copperline/events.js", "copperline/events.js", SCRIPT),
            new Page("/copperline/copperline.d.ts", "copperline/copperline.d.ts", "text/plain; charset=utf-8"));

    private StaticPages() {}

    static void mount(Router router) {
        PAGES.forEach(page -> mount(router, page));
    }

    private static void mount(Router router, Page page) {
        Buffer content = page.load();
        String etag = "\"" + digest(content) + "\"";
        router.route(page.path())
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(context -> answer(context, page, content, etag));
        router.route(page.path()).handler(context -> Problems.methodNotAllowed(context, "GET, HEAD"));
    }

    private static void answer(RoutingContext context, Page page, Buffer content, String etag) {
        HttpServerResponse response = context.response()
                .putHeader("ETag", etag)
                .putHeader("Cache-Control", "no-cache")
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("Permissions-Policy", "microphone=(self), camera=(), geolocation=()")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin");
        if (page.path().startsWith("/copperline/")) {
            // Pages of other origins import the library from here; there is nothing secret in it.
            response.putHeader("Access-Control-Allow-Origin", "*");
        }
        String known = context.request().getHeader("If-None-Match");
        if (known != null && known.contains(etag)) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader("Content-Type", page.type()).end(content);
    }

    private static String digest(Buffer content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes());
            return HexFormat.of().formatHex(hash, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Page(String path, String file, String type) {
        Buffer load() {
            try (InputStream in = StaticPages.class.getResourceAsStream("/web/" + file)) {
                if (in == null) {
                    throw new IllegalStateException("the program lacks its page " + file);
                }
                return Buffer.buffer(in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
