package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.wire.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Our REFER (RFC 3515) and the peer's NOTIFYs. */
class OwnReferTest {
    private final Bench bench = new Bench();
    private final Leg leg = bench.talking();
    private final List<String> told = new ArrayList<>();

    private final ReferListener listener = new ReferListener() {
        @Override
        public void refused(int status) {
            told.add("refused " + status);
        }

        @Override
        public void accepted() {
            told.add("accepted");
        }

        @Override
        public void progress(int status) {
            told.add("progress " + status);
        }

        @Override
        public void done(int status) {
            told.add("done " + status);
        }
    };

    private void refers() {
        leg.refer(new ReferTarget.Phone("+12025550177"), listener);
    }

    private int notifies(String state, String fragment) {
        Request notify = bench.inDialog(leg, "NOTIFY", "message/sipfrag;version=2.0", fragment)
                .with("Event", "refer")
                .with("Subscription-State", state);
        Bench.Answers answers = new Bench.Answers();
        leg.onRequest(notify, answers);
        return answers.status();
    }

    @Test
    void isFollowedToItsEnd() {
        refers();
        Request refer = bench.wire.only("REFER").request;
        assertEquals(
                Optional.of("<sip:+12025550177@127.0.0.1:5070>"),
                refer.headers().first("Refer-To"));
        assertTrue(refer.headers().first("Referred-By").orElseThrow().contains("+12025550150"));
        assertTrue(refer.contact().isPresent());
        bench.wire.last().answer(202, "far");
        assertEquals(200, notifies("active;expires=60", "SIP/2.0 100 Trying\r\n"));
        assertEquals(200, notifies("active;expires=60", "SIP/2.0 180 Ringing\r\n"));
        assertEquals(200, notifies("terminated;reason=noresource", "SIP/2.0 200 OK\r\n"));
        assertEquals(List.of("accepted", "progress 100", "progress 180", "done 200"), told);
        assertEquals(481, notifies("terminated", "SIP/2.0 200 OK\r\n"), "nobody waits any more");
    }

    @Test
    void anEarlyNotifyIsAsGoodAsThe202() {
        refers();
        assertEquals(200, notifies("active", "SIP/2.0 100 Trying"));
        bench.wire.only("REFER").answer(202, "far");
        assertEquals(200, notifies("terminated", "SIP/2.0 486 Busy Here"));
        assertEquals(List.of("accepted", "progress 100", "done 486"), told);
    }

    @Test
    void aSubscriptionThatEndsWithoutAWordIsAFailure() {
        refers();
        bench.wire.last().answer(202, "far");
        assertEquals(200, notifies("terminated;reason=timeout", "SIP/2.0 180 Ringing"));
        assertEquals(List.of("accepted", "done 408"), told);
    }

    @Test
    void silenceIsAFailureToo() {
        refers();
        bench.wire.last().answer(202, "far");
        bench.timers.advance(Duration.ofMinutes(4));
        assertEquals(List.of("accepted", "done 408"), told);
    }

    @Test
    void refusalsAreTold() {
        refers();
        refers();
        bench.wire.only("REFER").answer(603, "far");
        assertEquals(List.of("refused 491", "refused 603"), told);
        refers();
        bench.wire.last().answer(481, "far");
        assertEquals(1, bench.events.count("ended STACK"), "the dialog is gone");
    }

    @Test
    void isNotSentToAPeerThatSaysItKnowsNone() {
        Leg other = bench.call();
        FakeWire.Sent invite = bench.wire.last();
        invite.listener.onResponse(invite.response(200, "far")
                .with("Allow", "INVITE, ACK, BYE")
                .withBody("application/sdp", Bench.sdp(40000)));
        other.refer(new ReferTarget.Phone("+12025550177"), listener);
        assertEquals(0, bench.wire.count("REFER"));
        assertEquals(List.of("refused 405"), told);
    }

    @Test
    void anotherDialogsPlaceIsWrittenIntoTheUri() {
        ReferTarget.Dialog place = leg.replaceable().orElseThrow();
        assertEquals("sip:far@192.0.2.9:5080", place.uri());
        assertEquals(new Replaces(leg.sipCallId(), "far", leg.localTag(), false), place.replaces());
        leg.refer(new ReferTarget.Dialog("sip:x@y", new Replaces("a@b", "t", "f", false)), listener);
        assertEquals(
                Optional.of("<sip:x@y?Replaces=a%40b%3Bto-tag%3Dt%3Bfrom-tag%3Df>"),
                bench.wire.last().request.headers().first("Refer-To"));
    }

    @Test
    void whatThePeerTellsAfterItsByeIsTakenUntilItsLastWord() {
        refers();
        bench.wire.last().answer(202, "far");
        assertEquals(200, bench.asks(leg, "BYE", "", "").status());
        assertEquals(200, notifies("active;expires=60", "SIP/2.0 180 Ringing"));
        assertEquals(481, bench.asks(leg, "INFO", "", "").status(), "the session is over");
        assertEquals(200, notifies("terminated;reason=noresource", "SIP/2.0 200 OK"));
        assertEquals(481, notifies("terminated;reason=noresource", "SIP/2.0 200 OK"));
        assertEquals(List.of("accepted"), told);
        bench.timers.advance(Duration.ofMinutes(3));
        assertTrue(bench.legs.byOurTag(leg.sipCallId(), leg.localTag()).isEmpty(), "all is forgotten in the end");
    }

    @Test
    void otherNewsIsRefused() {
        assertEquals(481, notifies("active", "SIP/2.0 100 Trying"));
        assertEquals(489, bench.asks(leg, "NOTIFY", "", "").status());
    }
}
