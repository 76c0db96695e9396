package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.Secret;
import io.copperline.sip.wire.Headers;
import io.copperline.sip.wire.Request;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several accounts on one trunk. */
class AccountsTest {
    private static final Account BERLIN = account("berlin", List.of("+493012345600"), Optional.empty());
    private static final Account PARIS = account("paris", List.of("+33123456700", "+33123456701"), Optional.empty());
    private static final Account EDGE = account("edge-user", List.of(), Optional.of("edge"));

    private final Bench bench = new Bench();
    private List<Account> all;

    private static Account account(String name, List<String> numbers, Optional<String> realm) {
        return new Account(name, Optional.of(new Secret("of-" + name)), realm, numbers, true);
    }

    @BeforeEach
    void setUp() {
        bench.settings = bench.settings
                .but()
                .host("sip.example.net")
                .accounts(new Accounts(List.of(BERLIN, PARIS, EDGE), false))
                .build();
        all = bench.settings.allAccounts();
    }

    @Test
    void aCallGoesOutByTheAccountOfItsCaller() {
        assertEquals(Optional.of(PARIS), Accounts.ofCaller(all, "+33123456701"));
        assertEquals(Optional.of(PARIS), Accounts.ofCaller(all, "33123456701"));
        assertEquals(Optional.of(BERLIN), Accounts.ofCaller(all, "+12025550150"));
        assertEquals(Optional.of(BERLIN), Accounts.ofCaller(all, ""));
    }

    @Test
    void aCallComesInByTheAccountThatItNames() {
        assertEquals(Optional.of(PARIS), Accounts.ofCalled(all, "paris"));
        assertEquals(Optional.of(PARIS), Accounts.ofCalled(all, "+33123456700"));
        assertEquals(Optional.of(BERLIN), Accounts.ofCalled(all, "someone"));
    }

    @Test
    void theAccountIsInFromAndAnswersItsChallenges() {
        Line line = bench.line(bench.line().hop(), Optional.of(PARIS));
        Leg.outgoing(
                bench.parts,
                line,
                Runnable::run,
                bench.events,
                new OutgoingCall("+12025550100", "+33123456701", Optional.empty()),
                Sample.audio(30000));
        Request invite = bench.wire.last().request;
        assertTrue(invite.headers().first("From").orElseThrow().startsWith("<sip:paris@sip.example.net>;tag="));
        assertEquals(
                "<sip:+33123456701@sip.example.net>",
                invite.headers().first("P-Asserted-Identity").orElseThrow());
        assertEquals("of-paris", line.login("core").orElseThrow().password().reveal());
        assertEquals("of-edge-user", line.login("edge").orElseThrow().password().reveal());
    }

    @Test
    void aRealmOfItsOwnIsAnsweredByItsAccountAlone() {
        Account core = account("core-user", List.of(), Optional.of("core"));
        bench.settings = bench.settings
                .but()
                .accounts(new Accounts(List.of(core, EDGE), false))
                .build();
        Line line = bench.line();
        assertEquals("core-user", line.login("core").orElseThrow().username());
        assertEquals("edge-user", line.login("edge").orElseThrow().username());
        assertTrue(line.login("elsewhere").isEmpty());
        assertFalse(line.login("edge").toString().contains("of-edge"), "no secret is shown");
    }

    @Test
    void aCallToAnAccountsNameIsToTheNumberThatWasDialled() {
        assertEquals("+12025550100", arrival("sip:paris@198.51.100.1", "<sip:+12025550100@sip.example.net>"));
        assertEquals("+33123456700", arrival("sip:paris@198.51.100.1", "<sip:paris@sip.example.net>"));
        assertEquals("+33123456701", arrival("sip:+33123456701@198.51.100.1", "<sip:+12025550100@sip.example.net>"));
    }

    private String arrival(String uri, String to) {
        Request invite = Bench.invite("");
        Headers headers = invite.headers().without("To").with("To", to);
        Request changed = new Request("INVITE", uri, headers, "");
        Line line = bench.line(bench.line().hop(), Optional.of(PARIS));
        Leg leg = Leg.incoming(bench.parts, line, Runnable::run, changed, new Bench.Answers());
        return new Arrival(leg, new OwnerDoor(), changed, Optional.empty()).to();
    }
}
