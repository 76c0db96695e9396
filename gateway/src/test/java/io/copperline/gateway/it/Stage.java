package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a class of integration tests stands on: one gateway, one browser, one far end. After each test every call, port, peer
 * and thread must be given back, and the log must hold no stack trace.
 */
final class Stage implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    /** Pools may still grow a little; a thread for each call may not. */
    private static final int THREADS_THAT_COME_AND_GO = 6;

    private static final Duration GIVEN_BACK = Duration.ofSeconds(15);

    private final Family family;
    private final Function<Ports, String> more;
    private GatewayProcess gateway;
    private FarEnd farEnd;
    private Chrome chrome;
    private Path directory;
    private Map<String, Integer> ledger;
    private int threads;

    /** Browsers reach the gateway over IPv4. */
    Stage() {
        this(Family.IPV4);
    }

    Stage(Family family) {
        this(family, _ -> "");
    }

    /** @param more what stands in the configuration beside the usual */
    Stage(Function<Ports, String> more) {
        this(Family.IPV4, more);
    }

    private Stage(Family family, Function<Ports, String> more) {
        this.family = family;
        this.more = more;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        directory = Path.of("target", "it", context.getRequiredTestClass().getSimpleName())
                .toAbsolutePath();
        clear(directory);
        Ports ports = Ports.free();
        farEnd = new FarEnd(ports);
        gateway = new GatewayProcess(ports, directory, family, more.apply(ports));
        gateway.start();
        chrome = new Chrome();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        ledger = gateway.ledger();
        threads = gateway.threads();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            keepEvidence(context.getRequiredTestMethod().getName());
            chrome.closeTabs();
            farEnd.endCalls();
            return;
        }
        List<String> complaints =
                chrome.tabs().stream().flatMap(tab -> tab.complaints().stream()).toList();
        chrome.closeTabs();
        farEnd.endCalls();
        assertEquals(List.of(), complaints, "errors in the page");
        if (gateway.running()) {
            assertGivenBack();
            assertCalmLog();
        }
    }

    /** The ledger and the threads are back to where they were before the test. */
    private void assertGivenBack() {
        try {
            Await.until("all is given back", GIVEN_BACK, () -> gateway.ledger().equals(ledger));
        } catch (AssertionError e) {
            assertEquals(ledger, gateway.ledger(), "what is in use after the test");
        }
        Await.until(
                "threads end; there were " + threads + ", now there are " + gateway.threads(),
                GIVEN_BACK,
                () -> gateway.threads() <= threads + THREADS_THAT_COME_AND_GO);
    }

    private void assertCalmLog() {
        List<String> traces = gateway.log().stream()
                .filter(line ->
                        line.startsWith("\tat ") || line.startsWith("Exception in thread") || line.contains(" ERROR "))
                .toList();
        assertTrue(traces.isEmpty(), () -> String.join("\n", traces));
        assertEquals(0, gateway.metric("copperline_bugs_total"), "bugs that the shards caught");
    }

    private void keepEvidence(String test) {
        int number = 0;
        for (Tab tab : chrome.tabs()) {
            try {
                tab.screenshot(directory.resolve(test + "-" + number++ + ".png"));
            } catch (RuntimeException e) {
                // The tab is gone.
            }
        }
        System.err.println(
                "--- " + test + ": the end of " + directory.resolve("gateway.log") + "\n" + gateway.lastOfLog());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        // Also after half a start.
        Stream.of(chrome, farEnd, gateway).forEach(part -> {
            try (AutoCloseable closed = part) {
                assertTrue(closed == null || closed.equals(part));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    GatewayProcess gateway() {
        return gateway;
    }

    FarEnd farEnd() {
        return farEnd;
    }

    Chrome chrome() {
        return chrome;
    }

    /** Where this class may leave files. */
    Path directory() {
        return directory;
    }

    /** The phone page, as alice or bob. */
    Tab phone(String user) {
        Tab tab = chrome.tab(gateway, "/?user=" + user);
        tab.untilState("Ready to call");
        return tab;
    }

    private static void clear(Path directory) {
        try {
            if (Files.exists(directory)) {
                try (Stream<Path> files = Files.walk(directory)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
