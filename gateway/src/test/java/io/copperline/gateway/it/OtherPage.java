package io.copperline.gateway.it;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** A web page of somebody else, on an origin of its own, that phones by plain HTTP and knows nothing of our library. */
final class OtherPage implements AutoCloseable {
    private final HttpServer server;

    OtherPage(Ports ports) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.otherPage()), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            try (exchange;
                    InputStream page = OtherPage.class.getResourceAsStream("/it/other-page.html")) {
                exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
                exchange.sendResponseHeaders(200, 0);
                page.transferTo(exchange.getResponseBody());
            }
        });
        server.start();
    }

    URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    }

    /**
     * A call from this page that is up, its phone speaking.
     *
     * @param options of the page's {@code place}
     */
    static FarCall talk(Stage stage, Tab tab, Map<String, Object> options) {
        tab.run("how => place(...how)", List.of(stage.gateway().origin(), Tokens.alice(), "+13035550100", options));
        FarCall far = stage.farEnd().nextCall();
        far.answer();
        tab.until("call.peer.connectionState === 'connected'");
        tab.until("call.events.some((event) => event.name === 'answered')");
        far.wire().play(Speech.REPLY);
        return far;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
