package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.wire.Request;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** An INVITE that takes the place of a dialog (RFC 3891 section 3). */
class ReplacesTest {
    private final Bench bench = new Bench();

    /** The new call, and how it was refused. */
    private static final class New implements IncomingCall {
        int refused;

        @Override
        public String trunk() {
            return "carrier";
        }

        @Override
        public String to() {
            return "";
        }

        @Override
        public String from() {
            return "";
        }

        @Override
        public Optional<String> displayName() {
            return Optional.empty();
        }

        @Override
        public Optional<Diversion> diversion() {
            return Optional.empty();
        }

        @Override
        public Map<String, String> headers() {
            return Map.of();
        }

        @Override
        public SipLeg take(Executor owner, SipLegListener listener) {
            throw new AssertionError("not taken here");
        }

        @Override
        public void refuse(int status, int q850) {
            refused = status;
        }
    }

    private int answer(Leg leg, String theirTag, boolean earlyOnly) {
        New call = new New();
        leg.onReplaces(new Replaces(leg.sipCallId(), leg.localTag(), theirTag, earlyOnly), call);
        return call.refused;
    }

    @Test
    void matchesTheAnsweredDialog() {
        Leg leg = bench.talking();
        assertEquals(0, answer(leg, "far", false));
        assertEquals(1, bench.events.count("replaced"));
        assertEquals(481, answer(leg, "another", false));
        assertEquals(486, answer(leg, "far", true), "it is answered");
    }

    @Test
    void matchesAnEarlyDialogThatWeHaveBegun() {
        Leg leg = bench.call();
        bench.wire.last().answer(180, "far");
        assertEquals(481, answer(leg, "another", true));
        assertEquals(0, answer(leg, "far", true));
        assertEquals(1, bench.events.count("replaced"));
    }

    @Test
    void doesNotMatchWhatRingsHere() {
        Leg leg = bench.incoming(Bench.sdp(40000), new Bench.Answers());
        assertEquals(481, answer(leg, "theirs", false));
    }

    @Test
    void aCallThatIsOverIsDeclined() {
        Leg leg = bench.talking();
        bench.asks(leg, "BYE", "", "");
        assertEquals(603, answer(leg, "far", false));
    }

    @Test
    void readsAndWritesTheHeader() {
        Replaces whole =
                Replaces.parse(" 12@h ; from-tag=f ;x=y; to-tag=t;early-only").orElseThrow();
        assertEquals(new Replaces("12@h", "t", "f", true), whole);
        assertEquals("12@h;to-tag=t;from-tag=f;early-only", whole.header().value());
        assertEquals(Optional.of(whole), Replaces.parseEscaped(whole.escaped()));
        assertTrue(Replaces.parse("12@h;to-tag=t").isEmpty());
        assertTrue(Replaces.parse("").isEmpty());
        assertTrue(Replaces.parse("a b;to-tag=t;from-tag=f").isEmpty());
        assertTrue(Replaces.parse("a".repeat(600) + ";to-tag=t;from-tag=f").isEmpty());
        assertTrue(Replaces.parseEscaped("%zz").isEmpty());
    }

    @Test
    void ourInviteCarriesItAndWhoAskedForIt() {
        Onward onward = new Onward(
                Optional.of("sip:bob@192.0.2.1"),
                Optional.of(new Replaces("c", "t", "f", false)),
                Optional.of("<sip:x@y>"));
        bench.call(new OutgoingCall("bob", "+12025550150", Optional.empty()).sentOn(onward));
        Request invite = bench.wire.only("INVITE").request;
        assertEquals("sip:bob@192.0.2.1", invite.uri());
        assertEquals(Optional.of("c;to-tag=t;from-tag=f"), invite.headers().first("Replaces"));
        assertEquals(Optional.of("<sip:x@y>"), invite.headers().first("Referred-By"));
        assertTrue(OptionTags.supports(invite, "replaces"));
    }
}
