package io.copperline.gateway.bench;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.copperline.codecs.audio.Opus;
import io.copperline.codecs.audio.OpusDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Places calls and hangs them up through the gateway's HTTP call API. */
final class CallPlacer implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final String token;
    private final MediaPump pump;
    private final Carrier carrier;
    private final BrowserEnd.World world;
    private final Opus opus;

    CallPlacer(URI base, String secret, MediaPump pump, Carrier carrier, BrowserEnd.World world, Opus opus) {
        this.base = base;
        this.pump = pump;
        this.carrier = carrier;
        this.world = world;
        this.opus = opus;
        token = token(secret);
    }

    private static String token(String secret) {
        var claims = new JWTClaimsSet.Builder()
                .subject("bench")
                .claim("numbers", "+12025550150")
                .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(12))))
                .build();
        SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            jwt.sign(new MACSigner(secret));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return jwt.serialize();
    }

    /** Places it; {@link BenchCall#up} tells the outcome. */
    CompletableFuture<BenchCall> place(BenchCall call, boolean listening) {
        Optional<OpusDecoder> decoder = listening ? Optional.of(opus.decoder(8_000)) : Optional.empty();
        int firstFrame = call.index() * 37 % world.speech().opus().count();
        try {
            call.browser(new BrowserEnd(call, world, firstFrame, decoder, System.nanoTime()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        carrier.expect(call);
        String offer = call.browser().orElseThrow().offer();
        String to = URLEncoder.encode(call.number(), StandardCharsets.US_ASCII);
        HttpRequest request = request("/v1/calls?to=" + to)
                .header("Content-Type", "application/sdp")
                .POST(BodyPublishers.ofString(offer))
                .build();
        var _ = http.sendAsync(request, BodyHandlers.ofString()).whenComplete((response, failure) -> {
            if (failure != null) {
                call.failed(failure.toString());
            } else if (response.statusCode() != 201) {
                call.failed(response.statusCode() + " " + response.body());
            } else {
                pump.execute(() -> placed(call, response));
            }
        });
        return call.up();
    }

    private void placed(BenchCall call, HttpResponse<String> response) {
        call.location(base.resolve(response.headers().firstValue("Location").orElseThrow()));
        call.browser().orElseThrow().answered(response.body());
        pump.add(call);
    }

    /** Hangs up, and completes when the gateway has said so. */
    CompletableFuture<?> hangUp(BenchCall call) {
        carrier.forget(call);
        CompletableFuture<?> gone = call.location()
                .map(uri -> http.sendAsync(request(uri.getPath()).DELETE().build(), BodyHandlers.discarding()))
                .<CompletableFuture<?>>map(f -> f)
                .orElseGet(() -> CompletableFuture.completedFuture(null));
        pump.execute(() -> pump.remove(call));
        return gone;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT).header("Authorization", "Bearer " + token);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
