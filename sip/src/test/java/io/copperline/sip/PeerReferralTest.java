package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.wire.Request;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The peer's REFER (RFC 3515) in a call of ours. */
class PeerReferralTest {
    private final Bench bench = new Bench();
    private final Events events = bench.events;

    private Leg talking(Transfers.Refer policy) {
        bench.settings = bench.settings
                .but()
                .transfers(new Transfers(policy, Redirects.OFF))
                .build();
        return bench.talking();
    }

    private Bench.Answers refers(Leg leg, String... headers) {
        Request refer = bench.inDialog(leg, "REFER", "", "");
        for (int i = 0; i < headers.length; i += 2) {
            refer = refer.with(headers[i], headers[i + 1]);
        }
        Bench.Answers answers = new Bench.Answers();
        leg.onRequest(refer, answers);
        return answers;
    }

    private List<String> notified() {
        return bench.wire.sent.stream()
                .filter(sent -> sent.request.is("NOTIFY"))
                .map(sent -> sent.request.body().strip())
                .toList();
    }

    private String subscription() {
        return bench.wire.last().request.headers().first("Subscription-State").orElseThrow();
    }

    private void notifyIsTaken() {
        assertTrue(bench.wire.last().request.is("NOTIFY"));
        bench.wire.last().answer(200, "far");
    }

    @Test
    void tellsThePeerFromTryingToTheAnswerAndHangsUp() {
        Leg leg = talking(Transfers.Refer.ACCEPT);
        Bench.Answers answers = refers(leg, "Refer-To", "<sip:+12025550177@127.0.0.1>", "Referred-By", "<sip:bob@x.y>");
        assertTrue(answers.all.isEmpty(), "the owner decides");
        assertEquals(
                new Destination("sip:+12025550177@127.0.0.1", "+12025550177", "127.0.0.1", true), events.referral.to());
        assertEquals(Optional.of("<sip:bob@x.y>"), events.referral.referredBy());
        events.referral.accept();
        assertEquals(202, answers.status());
        assertTrue(answers.last().contact().isPresent());
        assertEquals(List.of("SIP/2.0 100 Trying"), notified());
        assertEquals(Optional.of("refer"), bench.wire.last().request.headers().first("Event"));
        assertTrue(subscription().startsWith("active;expires="));

        events.referral.progress(180);
        events.referral.progress(183);
        assertEquals(1, notified().size(), "one at a time");
        notifyIsTaken();
        assertEquals("SIP/2.0 183 Session Progress", notified().getLast(), "the last one counts");
        events.referral.succeeded();
        notifyIsTaken();
        assertEquals("SIP/2.0 200 OK", notified().getLast());
        assertEquals("terminated;reason=noresource", subscription());
        assertEquals(0, bench.wire.count("BYE"));
        notifyIsTaken();
        bench.wire.only("BYE");
    }

    @Test
    void aFailureIsToldAndTheCallGoesOn() {
        Leg leg = talking(Transfers.Refer.ACCEPT);
        refers(leg, "Refer-To", "<sip:+12025550177@127.0.0.1>");
        events.referral.accept();
        notifyIsTaken();
        events.referral.failed(486);
        notifyIsTaken();
        assertEquals("SIP/2.0 486 Busy Here", notified().getLast());
        assertEquals(0, bench.wire.count("BYE"));
        refers(leg, "Refer-To", "<sip:+12025550178@127.0.0.1>");
        events.referral.accept();
        String event = bench.wire.last().request.headers().first("Event").orElseThrow();
        assertEquals("refer;id=" + bench.peerCseq, event, "RFC 3515 section 2.4.6");
    }

    @Test
    void theNewsGoesOnAfterThePeersBye() {
        Leg leg = talking(Transfers.Refer.ACCEPT);
        refers(leg, "Refer-To", "<sip:+12025550177@127.0.0.1>");
        events.referral.accept();
        notifyIsTaken();
        bench.asks(leg, "BYE", "", "");
        events.referral.succeeded();
        notifyIsTaken();
        assertEquals("SIP/2.0 200 OK", notified().getLast());
        assertEquals(0, bench.wire.count("BYE"));
    }

    @Test
    void whoWantsNoNewsGetsNone() {
        Leg leg = talking(Transfers.Refer.ACCEPT);
        Bench.Answers answers = refers(leg, "Refer-To", "<tel:+12025550177>", "Refer-Sub", "false");
        events.referral.accept();
        assertEquals(Optional.of("false"), answers.last().headers().first("Refer-Sub"), "RFC 4488 section 4");
        events.referral.progress(180);
        events.referral.succeeded();
        assertEquals(0, bench.wire.count("NOTIFY"));
        bench.wire.only("BYE");
    }

    @Test
    void readsWhichDialogIsToBeReplaced() {
        Leg leg = talking(Transfers.Refer.ACCEPT);
        refers(
                leg,
                "Refer-To",
                "<sip:bob@127.0.0.1?Replaces=a%40b%3Bto-tag%3Dt1%3Bfrom-tag%3Df1&Route=%3Csip%3Aevil%3E>");
        assertEquals(Optional.of(new Replaces("a@b", "t1", "f1", false)), events.referral.replaces());
        assertEquals("sip:bob@127.0.0.1", events.referral.to().uri());
    }

    @Test
    void refusesWithAReason() {
        Leg leg = talking(Transfers.Refer.ACCEPT);
        Bench.Answers answers = refers(leg, "Refer-To", "<sip:+5312345@127.0.0.1>");
        events.referral.refuse(403, "barred");
        assertEquals(403, answers.status());
        assertEquals(
                Optional.of("399 copperline \"barred\""),
                answers.last().headers().first("Warning"));
        assertEquals(400, refers(leg).status());
        assertEquals(
                400,
                refers(leg, "Refer-To", "<sip:a@b>", "Refer-To", "<sip:c@d>").status());
        assertEquals(403, refers(leg, "Refer-To", "<sip:a@b;method=BYE>").status());
        assertEquals(403, refers(leg, "Refer-To", "<sip:a@b?Replaces=junk>").status());
        assertEquals(400, refers(leg, "Refer-To", "<mailto:a@b>").status());
    }

    @Test
    void oneAtATime() {
        Leg leg = talking(Transfers.Refer.ACCEPT);
        refers(leg, "Refer-To", "<sip:+12025550177@127.0.0.1>");
        events.referral.accept();
        assertEquals(
                491, refers(leg, "Refer-To", "<sip:+12025550178@127.0.0.1>").status());
    }

    @Test
    void isNotTakenUnlessTheOperatorSaysSo() {
        Leg leg = talking(Transfers.Refer.REFUSE);
        Bench.Answers answers = refers(leg, "Refer-To", "<sip:+12025550177@127.0.0.1>");
        assertEquals(405, answers.status());
        assertFalse(answers.last().headers().first("Allow").orElseThrow().contains("REFER"));
        assertEquals(0, events.count("referred"));
    }
}
