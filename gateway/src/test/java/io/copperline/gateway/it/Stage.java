package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.DialogSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a class of integration tests stands on: one gateway, one far end, and the browsers it asks for. After each test every
 * call, port, peer and thread must be given back, and the log must hold no stack trace.
 */
final class Stage implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    /** Pools may still grow a little; a thread for each call may not. */
    private static final int THREADS_THAT_COME_AND_GO = 6;

    private static final String LITE = "ice: lite";
    private static final String USUAL = "/it/copperline.yaml";

    private static final int KAMAILIO_REGISTERS_SECONDS = 600;

    private static final Duration GIVEN_BACK = Duration.ofSeconds(15);
    /** Those of the JDK's pools end after 30 s without work. */
    private static final Duration IDLE_THREADS = Duration.ofSeconds(45);

    /** What else stands there. */
    private enum Company {
        NOBODY,
        COTURN,
        KAMAILIO
    }

    private final Family family;
    private final boolean apart;
    private final String iceSettings;
    private final Company company;
    private final String configuration;
    private final List<TestBrowser> browsers = new ArrayList<>();
    private final List<Tunnel> tunnels = new ArrayList<>();
    private Optional<Namespace> namespace = Optional.empty();
    private Family reached;
    private GatewayProcess gateway;
    private FarEnd farEnd;
    private Optional<Chrome> chrome = Optional.empty();
    private Optional<Coturn> coturn = Optional.empty();
    private Optional<Kamailio> kamailio = Optional.empty();
    private Optional<Firefox> firefox = Optional.empty();
    private Path directory;
    private Map<String, Integer> ledger;
    private int threads;

    /** Browsers reach the gateway over IPv4. */
    Stage() {
        this(Family.IPV4);
    }

    Stage(Family family) {
        this(family, LITE);
    }

    /** @param iceSettings keys of the media section */
    Stage(Family family, String iceSettings) {
        this(family, false, iceSettings, Company.NOBODY, USUAL);
    }

    private Stage(Family family, boolean apart, String iceSettings, Company company, String configuration) {
        this.family = family;
        this.apart = apart;
        this.iceSettings = iceSettings;
        this.company = company;
        this.configuration = configuration;
    }

    /** With another configuration for the gateway, a resource to be filled in as the usual one. */
    Stage configuredBy(String other) {
        return new Stage(family, apart, iceSettings, company, other);
    }

    /** Browsers and peers are in a {@link Namespace} and reach nothing but the gateway's media and web ports. */
    static Stage apart(Family family) {
        return apart(family, LITE);
    }

    static Stage apart(Family family, String iceSettings) {
        return new Stage(family, true, iceSettings, Company.NOBODY, USUAL);
    }

    /** With a TURN server, which they reach, too, and which the gateway hands out. */
    Stage withCoturn() {
        return new Stage(family, apart, iceSettings, Company.COTURN, configuration);
    }

    /** With a carrier, which the gateway registers at and calls by; the far end is the telephone network behind it. */
    Stage withKamailio() {
        return new Stage(family, apart, iceSettings, Company.KAMAILIO, "/it/kamailio/copperline.yaml");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        directory = emptyDirectory(context.getRequiredTestClass());
        Ports ports = Ports.free();
        boolean carried = company == Company.KAMAILIO;
        if (carried) {
            kamailio = Optional.of(new Kamailio(ports, directory, "MD5", KAMAILIO_REGISTERS_SECONDS));
        }
        farEnd = new FarEnd(ports.farEnd(), carried ? ports.kamailio() : ports.sip(), DialogSettings.USUAL);
        if (apart) {
            namespace = Optional.of(Namespace.open());
        }
        reached = namespace.map(family::reachedFrom).orElse(family);
        gateway = new GatewayProcess(
                ports,
                directory,
                reached,
                iceSettings,
                company == Company.COTURN ? Coturn.ICE_SERVERS : "",
                configuration);
        gateway.start();
        if (company == Company.COTURN) {
            coturn = Optional.of(new Coturn(ports, directory, reached.advertised()));
        }
        namespace.ifPresent(there -> {
            tunnels.add(Tunnel.outOf(there, ports.http()));
            tunnels.add(Tunnel.outOf(there, ports.otherPage()));
        });
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
            browsers.forEach(TestBrowser::closeTabs);
            farEnd.endCalls();
            letGo();
            return;
        }
        List<String> complaints = browsers.stream()
                .flatMap(browser -> browser.complaints().stream())
                .toList();
        browsers.forEach(TestBrowser::closeTabs);
        farEnd.endCalls();
        assertEquals(List.of(), complaints, "errors in the page");
        if (gateway.running()) {
            assertGivenBack();
            assertCalmLog();
        }
    }

    /** What a failed test has left is not the next one's: it is waited for, and whether it comes is not asked. */
    private void letGo() {
        try {
            Await.until(
                    "all is given back",
                    GIVEN_BACK,
                    () -> !gateway.running() || gateway.ledger().equals(ledger));
        } catch (AssertionError | UncheckedIOException e) {
            System.err.println(e.getMessage());
        }
    }

    /** The ledger and the threads are back to where they were before the test. */
    private void assertGivenBack() {
        try {
            Await.until("all is given back", GIVEN_BACK, () -> gateway.ledger().equals(ledger));
        } catch (AssertionError e) {
            assertEquals(ledger, gateway.ledger(), "what is in use after the test");
        }
        Await.until("every SIP request of a call is answered", GIVEN_BACK, () -> gateway.openTransactions() == 0);
        Await.until(
                "threads end; there were " + threads + ", now there are " + gateway.threads(),
                IDLE_THREADS,
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
        browsers.forEach(browser -> browser.pictures(directory, test));
        System.err.println(
                "--- " + test + ": the end of " + directory.resolve("gateway.log") + "\n" + gateway.lastOfLog());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        List<Exception> failures = new ArrayList<>();
        List<AutoCloseable> parts = new ArrayList<>(browsers);
        parts.addAll(tunnels);
        parts.add(farEnd);
        parts.add(gateway);
        coturn.ifPresent(parts::add);
        kamailio.ifPresent(parts::add);
        namespace.ifPresent(parts::add);
        parts.stream().filter(Objects::nonNull).forEach(part -> close(part, failures)); // Also after half a start.
        assertEquals(List.of(), failures, "what could not be closed");
    }

    private static void close(AutoCloseable part, List<Exception> failures) {
        try {
            part.close();
        } catch (Exception e) {
            failures.add(e);
        }
    }

    GatewayProcess gateway() {
        return gateway;
    }

    /** The carrier of the trunk named sipp. */
    Carrier carrier() {
        return Carrier.at(gateway.ports().sipp(), gateway.ports().sippMedia());
    }

    FarEnd farEnd() {
        return farEnd;
    }

    /** Started when it is asked for first. */
    Chrome chrome() {
        if (chrome.isEmpty()) {
            chrome = Optional.of(new Chrome());
            browsers.add(chrome.get());
        }
        return chrome.get();
    }

    /** Started when it is asked for first, in the namespace. */
    Firefox firefox() {
        if (firefox.isEmpty()) {
            firefox = Optional.of(new Firefox(namespace(), directory));
            browsers.add(firefox.get());
        }
        return firefox.get();
    }

    Coturn coturn() {
        return coturn.orElseThrow();
    }

    Kamailio kamailio() {
        return kamailio.orElseThrow();
    }

    Namespace namespace() {
        return namespace.orElseThrow();
    }

    /** The address that the gateway says its media is at. */
    String advertised() {
        return reached.advertised();
    }

    /** What listens at this port, for those in the namespace. */
    URI apart(int port, String path) {
        return URI.create("http://" + namespace().here() + ":" + port + path);
    }

    /** Where this class may leave files. */
    Path directory() {
        return directory;
    }

    /** The phone page, as alice or bob. */
    Tab phone(String user) {
        Tab tab = chrome().tab(gateway, "/?user=" + user);
        tab.untilState("Ready to call");
        return tab;
    }

    /** The same in Firefox. */
    FirefoxTab firefoxPhone(String user, String... scripts) {
        FirefoxTab tab = firefox().tab(apart(gateway.ports().http(), "/?user=" + user), scripts);
        tab.untilState("Ready to call");
        return tab;
    }

    /** Where a class of tests may leave files. */
    static Path emptyDirectory(Class<?> test) {
        Path directory = Path.of("target", "it", test.getSimpleName()).toAbsolutePath();
        try {
            if (Files.exists(directory)) {
                try (Stream<Path> files = Files.walk(directory)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
