package io.copperline.gateway.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What lies on the class path. */
final class Resource {
    private static final String ADAPTER = "/META-INF/resources/webjars/webrtc-adapter/8.0.0/out/adapter.js";

    private Resource() {}

    static String text(String name) {
        try (InputStream in = Resource.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** adapter.js, which many pages load to have the same API in each browser. */
    static String adapter() {
        return text(ADAPTER);
    }
}
