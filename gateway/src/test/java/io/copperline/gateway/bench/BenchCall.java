package io.copperline.gateway.bench;

import io.copperline.codecs.srtp.SrtpProfile;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One call: a browser, the gateway between, a phone. Owned by the pump's thread; its stages complete there, too. */
final class BenchCall {
    private static final long FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long CONNECTING_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final int index;
    private final long phaseNanos;
    private final MarkWatch toTrunk = new MarkWatch();
    private final MarkWatch toBrowser = new MarkWatch();
    private final CompletableFuture<BenchCall> up = new CompletableFuture<>();

    private Optional<BrowserEnd> browser = Optional.empty();
    private Optional<TrunkEnd> trunk = Optional.empty();
    private Optional<URI> location = Optional.empty();
    private Optional<SrtpProfile> profile = Optional.empty();
    private Optional<String> broken = Optional.empty();
    private boolean answered;
    private boolean trunkStarted;
    private long nextBrowserNanos;
    private long nextTrunkNanos;

    /** @param phaseNanos when in each 20 ms this call's packets are sent */
    BenchCall(int index, long phaseNanos) {
        this.index = index;
        this.phaseNanos = phaseNanos;
    }

    int index() {
        return index;
    }

    /** The number it calls, by which the carrier knows it again. */
    String number() {
        return String.format("+1202555%04d", index);
    }

    MarkWatch toTrunk() {
        return toTrunk;
    }

    MarkWatch toBrowser() {
        return toBrowser;
    }

    /** Both ends are connected and answered, or why they are not. */
    CompletableFuture<BenchCall> up() {
        return up;
    }

    void browser(BrowserEnd end) {
        browser = Optional.of(end);
    }

    Optional<BrowserEnd> browser() {
        return browser;
    }

    void trunk(TrunkEnd end) {
        trunk = Optional.of(end);
    }

    Optional<TrunkEnd> trunk() {
        return trunk;
    }

    void location(URI uri) {
        location = Optional.of(uri);
    }

    Optional<URI> location() {
        return location;
    }

    void browserConnected(SrtpProfile agreed) {
        profile = Optional.of(agreed);
        settle();
    }

    Optional<SrtpProfile> profile() {
        return profile;
    }

    void trunkAnswered() {
        answered = true;
        settle();
    }

    private void settle() {
        if (answered && profile.isPresent()) {
            up.complete(this);
        }
    }

    void failed(String why) {
        IllegalStateException failure = new IllegalStateException("call " + index + ": " + why);
        if (!up.completeExceptionally(failure) && broken.isEmpty()) {
            broken = Optional.of(failure.getMessage());
        }
    }

    /** Why it broke after it was up. */
    Optional<String> broken() {
        return broken;
    }

    /** Sends what is due: a packet each way every 20 ms, on a grid of its own. */
    void onTime(long now) throws IOException {
        if (browser.isPresent() && now - nextBrowserNanos >= 0) {
            BrowserEnd end = browser.get();
            end.onTime(now);
            if (end.connected()) {
                end.speak(now);
                nextBrowserNanos = following(nextBrowserNanos, phaseNanos, now);
            } else {
                nextBrowserNanos = now + CONNECTING_NANOS;
            }
        }
        if (trunk.isPresent() && now - nextTrunkNanos >= 0) {
            if (trunkStarted) {
                trunk.get().speak(now);
            }
            trunkStarted = true;
            // Half a frame from the browser's, as unrelated clocks would have it.
            nextTrunkNanos = following(nextTrunkNanos, phaseNanos + FRAME_NANOS / 2, now);
        }
    }

    /** The next point of the grid; a pump that was held up catches up, as a sender's clock would. */
    private static long following(long last, long phase, long now) {
        long next = last + FRAME_NANOS;
        boolean onGrid = Math.floorMod(next - phase, FRAME_NANOS) == 0;
        return onGrid && now - next < 10 * FRAME_NANOS
                ? next
                : now - Math.floorMod(now - phase, FRAME_NANOS) + FRAME_NANOS;
    }

    void close() throws IOException {
        if (browser.isPresent()) {
            browser.get().close();
        }
        browser = Optional.empty();
        trunk = Optional.empty();
    }
}
