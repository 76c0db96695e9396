package io.copperline.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.copperline.config.Treatment.Forward;
import io.copperline.config.Treatment.Refusal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboundKeysTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String OUT = """
            trunks: {a: {server: a.example}}
            routes:
              outbound: [{prefix: +, trunks: a}]
              inbound:
            """;

    @TempDir
    Path directory;

    private ConfigFixture config;

    @BeforeEach
    void setUp() {
        config = new ConfigFixture(directory);
    }

    private List<RouteSettings.Inbound> rules(String lines) {
        return config.read(ConfigFixture.good(OUT + lines.indent(4))).routes().inbound();
    }

    private List<String> problems(String lines) {
        return config.problems(ConfigFixture.good(OUT + lines.indent(4)));
    }

    @Test
    void readsWhatBecomesOfCalls() {
        List<RouteSettings.Inbound> rules = rules("""
                - {number: +12025550150, users: [alice, bob], ring: in-turn, forward: +12025550177}
                - {prefix: +4930, forward: +12025550178, forward-as: called}
                - {number: 100, refuse: not-found}
                """);
        RingPlan inTurn = new RingPlan(List.of("alice", "bob"), RingPlan.Order.IN_TURN, Duration.ofSeconds(20));
        assertEquals(
                List.of(
                        new Treatment.Ring(inTurn, Optional.of(new Forward("+12025550177", Forward.As.CALLER))),
                        new Forward("+12025550178", Forward.As.CALLED),
                        new Treatment.Refuse(Refusal.NOT_FOUND)),
                rules.stream().map(RouteSettings.Inbound::treatment).toList());
    }

    @Test
    void readsWhoIsAskedFirst() {
        RouteSettings.Inbound rule = rules("""
                - {number: +12025550150, refuse: busy, ring-for: 30s, webhook: "http://10.0.0.1/calls", webhook-secret: %s}
                """.formatted(SECRET)).getFirst();
        Webhook hook = rule.webhook().orElseThrow();
        assertEquals(URI.create("http://10.0.0.1/calls"), hook.url());
        assertEquals(Duration.ofSeconds(3), hook.patience());
        assertEquals("Webhook[10.0.0.1]", hook.toString());
        assertEquals(Duration.ofSeconds(30), rule.usual().each());
        assertEquals(new Treatment.Refuse(Refusal.BUSY), rule.treatment());
    }

    @Test
    void refusesKeysThatMakeNoSenseTogether() {
        assertEquals(
                List.of(
                        "copperline.yaml:8: routes.inbound[0].user: expected user, users with at least one, forward or"
                                + " refuse, found none of them. Fix: add user: alice.",
                        "copperline.yaml:9: routes.inbound[1].users: expected user, or users with at least one, found"
                                + " both. Fix: remove one of the two.",
                        "copperline.yaml:10: routes.inbound[2].refuse: expected user, users or forward, or refuse, found"
                                + " both. Fix: remove refuse, or the others.",
                        "copperline.yaml:11: routes.inbound[3].ring-for: expected user, users or webhook beside it, found"
                                + " none. Fix: remove it.",
                        "copperline.yaml:12: routes.inbound[4].forward-as: expected forward beside it, found none."
                                + " Fix: add forward, or remove it."),
                problems("""
                        - {number: 1}
                        - {number: 2, user: a, users: [b]}
                        - {number: 3, user: a, refuse: busy}
                        - {number: 4, forward: +12025550177, ring-for: 30s}
                        - {number: 5, user: a, forward-as: caller}
                        """));
    }

    @Test
    void refusesAWebhookThatCannotKnowWhoAsks() {
        assertEquals(
                List.of(
                        "copperline.yaml:8: routes.inbound[0].webhook: expected webhook-secret beside it, or it could not"
                                + " tell who asks, found none. Fix: make one with: openssl rand -hex 32.",
                        "copperline.yaml:9: routes.inbound[1].webhook-secret: expected at least 32 bytes. Fix: make one"
                                + " with: openssl rand -hex 32.",
                        "copperline.yaml:10: routes.inbound[2].webhook-secret: expected webhook beside it, found none."
                                + " Fix: add webhook, or remove webhook-secret.",
                        "copperline.yaml:11: routes.inbound[3].webhook: expected an http or https URL, found"
                                + " ftp://x. Fix: write for instance webhook: https://app.example.com/calls."),
                problems("""
                        - {number: 1, user: a, webhook: "https://x"}
                        - {number: 2, user: a, webhook: "https://x", webhook-secret: short}
                        - {number: 3, user: a, webhook-secret: %s}
                        - {number: 4, user: a, webhook: "ftp://x", webhook-secret: %s}
                        """.formatted(SECRET, SECRET)));
    }

    @Test
    void refusesForwardsThatComeInAgain() {
        List<String> fixes = problems("""
                        - {number: +12025550150, forward: +12025550151}
                        - {number: 1 202 555 0151, forward: +12025550150}
                        - {prefix: +4930, forward: +49301}
                        """);
        assertEquals(3, fixes.size(), fixes::toString);
        assertEquals(
                "copperline.yaml:8: routes.inbound[0].forward: expected a number that is not called here itself, or calls"
                        + " would go round in circles, found +12025550151. Fix: write the users of that number here.",
                fixes.getFirst());
    }

    @Test
    void refusesForwardsThatHaveNoWayOut() {
        assertEquals(
                List.of("copperline.yaml:4: routes.inbound[0].forward: expected rules in routes.outbound, by which the"
                        + " call goes on, found none. Fix: add one, without users."),
                config.problems(ConfigFixture.good("""
                        routes: {inbound: [{number: 1, forward: +12025550177}]}
                        """)));
    }
}
