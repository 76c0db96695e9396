package io.copperline.config;

import io.copperline.codecs.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The keys of {@code routes.inbound} that name a web service to ask. */
final class WebhookKeys {
    /** As long as what comes out of HMAC-SHA-256 (RFC 2104 section 3). */
    private static final int LEAST_SECRET_BYTES = 32;

    private static final Duration USUAL = Duration.ofSeconds(3);

    static final Key<URI> URL = Key.open(
            "webhook",
            NetTypes.WEB_URL,
            "https://app.example.com/calls",
            "The web service that is asked where a call goes. What else the rule says is for when it does not answer.");
    private static final Key<Secret> SECRET = Key.open(
            "webhook-secret",
            Types.SECRET,
            "${env:COPPERLINE_WEBHOOK_SECRET}",
            "With which questions to it are signed, at least 32 bytes. Needed with webhook.");
    private static final Key<Duration> TIMEOUT = Key.open(
            "webhook-timeout",
            Types.duration(Duration.ofSeconds(1), Duration.ofSeconds(10), ""),
            "2s",
            "How long its answer is waited for. Without it 3s.");

    static final List<Entry> ALL = List.of(URL, SECRET, TIMEOUT);

    private WebhookKeys() {}

    static Optional<Webhook> read(Fields rule) {
        Optional<URI> url = rule.maybe(URL);
        Optional<Secret> secret = rule.maybe(SECRET);
        if (rule.has(URL) && !rule.has(SECRET)) {
            rule.problem(
                    URL,
                    "webhook-secret beside it, or it could not tell who asks",
                    "none",
                    "make one with: openssl rand -hex 32");
        }
        for (Key<?> key : List.of(SECRET, TIMEOUT)) {
            if (rule.has(key) && !rule.has(URL)) {
                rule.problem(key, "webhook beside it", "none", "add webhook, or remove " + key.name());
            }
        }
        if (secret.filter(text -> text.reveal().getBytes(StandardCharsets.UTF_8).length < LEAST_SECRET_BYTES)
                .isPresent()) {
            rule.problem(SECRET, "at least 32 bytes", "", "make one with: openssl rand -hex 32");
        }
        return url.isPresent() && secret.isPresent()
                ? Optional.of(
                        new Webhook(url.get(), secret.get(), rule.maybe(TIMEOUT).orElse(USUAL)))
                : Optional.empty();
    }
}
