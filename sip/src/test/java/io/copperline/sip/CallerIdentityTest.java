package io.copperline.sip;

import static io.copperline.sip.CallerHeader.P_ASSERTED_IDENTITY;
import static io.copperline.sip.CallerHeader.P_PREFERRED_IDENTITY;
import static io.copperline.sip.CallerHeader.REMOTE_PARTY_ID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.TrunkIdentity.From;
import io.copperline.sip.wire.Request;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** As whom an INVITE goes out: each carrier wants to be told in its own way. */
class CallerIdentityTest {
    private static final String CALLER = "\"Alice\" <sip:+12025550150@198.51.100.1>";
    private static final OutgoingCall WITHHELD =
            new OutgoingCall("+12025550100", "+12025550150", Optional.of("Alice"), true, false);

    private final Bench bench = new Bench();

    private Request invite(OutgoingCall call) {
        bench.call(call);
        return bench.wire.last().request;
    }

    private Request invite() {
        return invite(Sample.call("+12025550100"));
    }

    private static String header(Request invite, String name) {
        return invite.headers().first(name).orElse("");
    }

    @Test
    void theCallerIsInFromAndNowhereElse() {
        Request invite = invite();
        assertTrue(header(invite, "From").startsWith(CALLER + ";tag="));
        assertEquals("", header(invite, "P-Asserted-Identity"));
        assertEquals("", header(invite, "Privacy"));
    }

    @Test
    void aUserOfTheTrunksOwnIsInFromAndTheCallerAsserted() {
        bench.identity(new TrunkIdentity(From.AUTO, Optional.of("trunk-7"), List.of(), true, "", false));
        Request invite = invite();
        assertTrue(header(invite, "From").startsWith("\"Alice\" <sip:trunk-7@198.51.100.1>;tag="));
        assertEquals(CALLER, header(invite, "P-Asserted-Identity"));
        assertTrue(header(invite, "Contact").startsWith("<sip:trunk-7@"));
    }

    @Test
    void anAccountNeedNotBeInFrom() {
        bench.credentials("alice", "secret");
        bench.identity(new TrunkIdentity(From.CALLER, Optional.empty(), List.of(), true, "", false));
        Request invite = invite();
        assertTrue(header(invite, "From").startsWith("\"Alice\" <sip:+12025550150@sip.example.net>;tag="));
        assertEquals("", header(invite, "P-Asserted-Identity"));
    }

    @Test
    void eachHeaderThatIsAskedForIsThere() {
        List<CallerHeader> all = List.of(P_ASSERTED_IDENTITY, P_PREFERRED_IDENTITY, REMOTE_PARTY_ID);
        bench.identity(new TrunkIdentity(From.AUTO, Optional.empty(), all, true, "", false));
        Request invite = invite();
        assertEquals(CALLER, header(invite, "P-Asserted-Identity"));
        assertEquals(CALLER, header(invite, "P-Preferred-Identity"));
        assertEquals(CALLER + ";party=calling;screen=yes;privacy=off", header(invite, "Remote-Party-ID"));
    }

    @Test
    void numbersAreWrittenAsTheCarrierReadsThem() {
        bench.identity(new TrunkIdentity(From.AUTO, Optional.empty(), List.of(), false, "1234", true));
        Request invite = invite();
        assertEquals("sip:123412025550100@127.0.0.1:5070;user=phone", invite.uri());
        assertEquals("<" + invite.uri() + ">", header(invite, "To"));
        assertTrue(header(invite, "From").contains("<sip:12025550150@198.51.100.1;user=phone>"));
    }

    @Test
    void aWithheldNumberIsForTheCarrierAlone() {
        Request invite = invite(WITHHELD);
        assertTrue(header(invite, "From").startsWith("\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag="));
        assertEquals(CALLER, header(invite, "P-Asserted-Identity"));
        assertEquals("id", header(invite, "Privacy"));
        assertFalse(header(invite, "Contact").contains("12025550150"));
    }

    @Test
    void aWithheldCallOfAnAccountIsTheAccounts() {
        bench.credentials("alice", "secret");
        bench.identity(new TrunkIdentity(From.AUTO, Optional.empty(), List.of(REMOTE_PARTY_ID), true, "", false));
        Request invite = invite(WITHHELD);
        assertTrue(header(invite, "From").startsWith("<sip:alice@sip.example.net>;tag="));
        assertTrue(header(invite, "Remote-Party-ID").endsWith(";privacy=full"));
        assertEquals("id", header(invite, "Privacy"));
    }

    @Test
    void whatIsDialledAsItStandsGetsNoTechPrefix() {
        OutgoingCall help = new OutgoingCall("911", "+12025550150", Optional.empty(), false, false, true);
        assertTrue(invite(help).uri().startsWith("sip:911@"), invite(help).uri());
    }

    @Test
    void whoHasNoNumberIsAnonymous() {
        Request invite = invite(new OutgoingCall("911", "", Optional.empty()));
        assertTrue(header(invite, "From").startsWith("\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag="));
        assertEquals("", header(invite, "P-Asserted-Identity"));
        assertEquals("id", header(invite, "Privacy"));
    }
}
