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
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
    void whoHasNoNumberIsAnonymous() {
        Request invite = invite(new OutgoingCall("911", "", Optional.empty()));
        assertTrue(header(invite, "From").startsWith("\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag="));
        assertEquals("", header(invite, "P-Asserted-Identity"));
        assertEquals("id", header(invite, "Privacy"));
    }

    @Test
    void numbersMayBeTelUris() {
        bench.credentials("alice", "secret");
        bench.identity(TrunkIdentity.DEFAULT.with(TrunkIdentity.UriScheme.TEL));
        Request invite = invite();
        assertEquals("tel:+12025550100", invite.uri());
        assertEquals("<tel:+12025550100>", header(invite, "To"));
        assertEquals("\"Alice\" <tel:+12025550150>", header(invite, "P-Asserted-Identity"));
        assertTrue(header(invite, "From").startsWith("\"Alice\" <sip:alice@sip.example.net>;tag="));
        assertEquals("sip:lab@sip.example.net:5070", invite(Sample.call("lab")).uri());
    }

    @Test
    void aTelUriWithoutAPlusSaysWhoseNumberItIs() {
        bench.credentials("alice", "secret");
        bench.identity(new TrunkIdentity(From.CALLER, Optional.empty(), List.of(), false, "", false)
                .with(TrunkIdentity.UriScheme.TEL));
        Request invite = invite();
        assertEquals("tel:12025550100;phone-context=sip.example.net", invite.uri());
        assertTrue(header(invite, "From").startsWith("\"Alice\" <tel:12025550150;phone-context=sip.example.net>;tag="));
    }

    @Test
    void numbersAreWrittenInTheFormThatTheCallIsGiven() {
        NumberForm national = number -> "0" + number.substring(3);
        bench.identity(new TrunkIdentity(From.AUTO, Optional.empty(), List.of(P_ASSERTED_IDENTITY), true, "9", false));
        Request invite = invite(new OutgoingCall("+49301234567", "+49307654321", Optional.empty())
                .in(national)
                .divertedBy(new Diversion("+49301111111", Diversion.Reason.USER_BUSY, false)));
        assertEquals("sip:90301234567@127.0.0.1:5070", invite.uri());
        assertEquals("<sip:0307654321@198.51.100.1>", header(invite, "P-Asserted-Identity"));
        assertEquals(
                "<sip:0301111111@198.51.100.1>;reason=user-busy;counter=1;privacy=off", header(invite, "Diversion"));
    }

    @Test
    void whoHasForwardedIsToldAsTheCarrierReadsIt() {
        OutgoingCall forwarded = Sample.call("+12025550100")
                .divertedBy(new Diversion("+12025550177", Diversion.Reason.NO_ANSWER, false));
        String diversion = "<sip:+12025550177@198.51.100.1>;reason=no-answer;counter=1;privacy=off";
        String history = "<sip:+12025550177@198.51.100.1>;index=1,"
                + " <sip:+12025550100@127.0.0.1:5070;cause=408>;index=1.1;mp=1";
        for (TrunkIdentity.Diverting form : TrunkIdentity.Diverting.values()) {
            bench.identity(TrunkIdentity.DEFAULT.with(form));
            Request invite = invite(forwarded);
            boolean old = form == TrunkIdentity.Diverting.DIVERSION || form == TrunkIdentity.Diverting.BOTH;
            boolean young = form == TrunkIdentity.Diverting.HISTORY_INFO || form == TrunkIdentity.Diverting.BOTH;
            assertEquals(old ? diversion : "", header(invite, "Diversion"), form.name());
            assertEquals(young ? history : "", header(invite, "History-Info"), form.name());
        }
    }

    @Test
    void thoseWhoHaveForwardedBeforeFollow() {
        bench.identity(TrunkIdentity.DEFAULT.with(TrunkIdentity.Diverting.BOTH));
        Diversion last = new Diversion("+12025550177", Diversion.Reason.NO_ANSWER, false);
        Diversion hidden = new Diversion("", Diversion.Reason.USER_BUSY, true, 3);
        Diversion first = new Diversion("+12025550179", Diversion.Reason.UNCONDITIONAL, true);
        Request invite = invite(Sample.call("+12025550100").divertedBy(last, hidden, first));
        assertEquals(
                List.of(
                        "<sip:+12025550177@198.51.100.1>;reason=no-answer;counter=1;privacy=off",
                        "<sip:anonymous@anonymous.invalid>;reason=user-busy;counter=3;privacy=full",
                        "<sip:+12025550179@198.51.100.1>;reason=unconditional;counter=1;privacy=full"),
                invite.headers().all("Diversion"));
        assertEquals(
                "<sip:+12025550179@198.51.100.1?Privacy=history>;index=1,"
                        + " <sip:anonymous@anonymous.invalid;cause=302>;index=1.1;mp=1,"
                        + " <sip:+12025550177@198.51.100.1;cause=486>;index=1.1.1;mp=1.1,"
                        + " <sip:+12025550100@127.0.0.1:5070;cause=408>;index=1.1.1.1;mp=1.1.1",
                header(invite, "History-Info"));
        Diversion unnamed = new Diversion("", Diversion.Reason.UNCONDITIONAL, true);
        assertEquals(List.of(last, hidden, unnamed), Diversions.all(invite));
        Request historyOnly = new Request(
                "INVITE",
                invite.uri(),
                Bench.invite("").headers().with("History-Info", header(invite, "History-Info")),
                "");
        assertEquals(
                List.of(last, new Diversion("", Diversion.Reason.USER_BUSY, true), unnamed),
                Diversions.all(historyOnly));
    }

    @Test
    void whatIsNoNumberIsNotPassedOnAndNoLineGrowsForEver() {
        bench.identity(TrunkIdentity.DEFAULT.with(TrunkIdentity.Diverting.BOTH));
        Diversion[] many = Stream.concat(
                        Stream.of("", "alice", "1>;x=\r\nVia: ", "9".repeat(33)),
                        IntStream.range(100, 200).mapToObj(i -> "+12025550" + i))
                .map(number -> new Diversion(number, Diversion.Reason.USER_BUSY, false))
                .toArray(Diversion[]::new);
        Request invite = invite(Sample.call("+12025550100").divertedBy(many));
        List<Diversion> told = Diversions.all(invite);
        assertEquals(10, told.size());
        assertEquals("+12025550100", told.getFirst().number());
        Request none = invite(Sample.call("+12025550100").divertedBy(many[0], many[1], many[2]));
        assertEquals("", header(none, "Diversion") + header(none, "History-Info"));
    }

    @Test
    void whoHasForwardedMayBeHiddenAsWell() {
        bench.identity(TrunkIdentity.DEFAULT.with(TrunkIdentity.Diverting.BOTH));
        Request invite = invite(Sample.call("+12025550100")
                .divertedBy(new Diversion("+12025550177", Diversion.Reason.UNCONDITIONAL, true)));
        assertTrue(header(invite, "Diversion").endsWith(";privacy=full"));
        assertTrue(
                header(invite, "History-Info").startsWith("<sip:+12025550177@198.51.100.1?Privacy=history>;index=1,"));
        assertEquals(
                new Diversion("", Diversion.Reason.UNCONDITIONAL, true),
                Diversions.of(invite).orElseThrow());
    }

    @Test
    void theCallerMayStandInDiversion() {
        bench.credentials("alice", "secret");
        bench.identity(
                new TrunkIdentity(From.AUTO, Optional.empty(), List.of(CallerHeader.DIVERSION), true, "", false));
        Request invite = invite();
        assertEquals(
                "<sip:+12025550150@sip.example.net>;reason=unconditional;counter=1;privacy=off",
                header(invite, "Diversion"));
        assertEquals("", header(invite, "P-Asserted-Identity"));
        assertTrue(header(invite(WITHHELD), "Diversion").endsWith(";privacy=full"));
    }

    @Test
    void aNameIsQuotedAndBounded() {
        Request invite = invite(new OutgoingCall(
                "+12025550100", "+12025550150", Optional.of("J\u00f6rg \"\u5f20\"\r\nVia: \\\u202eevil")));
        assertTrue(
                header(invite, "From").startsWith("\"J\u00f6rg \\\"\u5f20\\\" Via: \\\\ evil\" <sip:+12025550150@"),
                header(invite, "From"));
        assertEquals(64, CallerName.clean("x".repeat(200)).orElseThrow().length());
        assertEquals(Optional.empty(), CallerName.clean("\u0000\u202e "));
    }
}
