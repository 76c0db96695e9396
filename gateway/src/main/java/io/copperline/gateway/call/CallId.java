package io.copperline.gateway.call;

import java.util.Objects;

/** The name of one call in every face, log line, record and metric. URL-safe, unguessable. */
public record CallId(String value) {
    public CallId {
        Objects.requireNonNull(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
