package io.copperline.gateway.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.copperline.sip.Destination;
import io.copperline.sip.Redirects;
import io.copperline.sip.Transfers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A carrier answers our call by 3xx. */
class RedirectionTest {
    private final CallBench bench = new CallBench();

    private OutboundCall call(Redirects policy) {
        bench.transfers = new Transfers(Transfers.Refer.REFUSE, policy);
        OutboundCall call = bench.outbound("a");
        call.place("offer");
        return call;
    }

    private static Destination carriers(String user) {
        return new Destination("sip:" + user + "@192.0.2.9", user, "192.0.2.9", true);
    }

    private static Destination elsewhere(String user) {
        return new Destination("sip:" + user + "@192.0.2.66", user, "192.0.2.66", false);
    }

    private void redirects(int status, Destination... to) {
        ScriptedLeg leg = bench.legs.getLast();
        leg.redirections = Arrays.asList(to);
        leg.refused(status, false);
    }

    @Test
    void isFollowedWithinTheTrunk() {
        OutboundCall call = call(Redirects.SAME_TRUNK);
        bench.legs.getFirst().listener.ringing();
        redirects(302, elsewhere("+12025550101"), carriers("+12025550102"));
        ScriptedLeg next = bench.legs.get(1);
        assertEquals("a", next.trunk);
        assertEquals("+12025550102", next.wanted.to());
        assertEquals(
                Optional.of("sip:+12025550102@192.0.2.9"), next.wanted.onward().uri());
        assertEquals(
                "+12025550102",
                call.story().first(CallEvent.Redirected.class).orElseThrow().to());
        next.listener.audio(CallBench.negotiated(), false);
        next.listener.answered();
        assertEquals(CallSnapshot.State.ANSWERED, call.state());
    }

    @Test
    void aNumberIsCalledByRoutesWhereThePolicySaysSo() {
        call(Redirects.ROUTES);
        redirects(301, elsewhere("alice"), elsewhere("+12025550102"));
        assertEquals(Optional.empty(), bench.legs.get(1).wanted.onward().uri());
        bench.legs.get(1).refused(503, true);
        assertEquals("b", bench.legs.get(2).trunk, "by all its trunks");
    }

    @Test
    void aTrunkThatIsDownComesLast() {
        bench.down.add("a");
        call(Redirects.ROUTES);
        redirects(301, elsewhere("+12025550102"));
        assertEquals("b", bench.legs.get(1).trunk);
    }

    @Test
    void theNextContactIsTriedWhereOneCannotBeReached() {
        call(Redirects.SAME_TRUNK);
        redirects(300, carriers("+12025550101"), carriers("+12025550102"));
        bench.legs.get(1).refused(503, true);
        assertEquals("+12025550102", bench.legs.get(2).wanted.to());
    }

    @Test
    void aTelUriIsANumberOfTheSameTrunk() {
        call(Redirects.SAME_TRUNK);
        redirects(302, new Destination("tel:+12025550102", "+12025550102", "", false));
        assertEquals(Optional.empty(), bench.legs.get(1).wanted.onward().uri());
        assertEquals("+12025550102", bench.legs.get(1).wanted.to());
    }

    @Test
    void whatMayNotBeFollowedEndsTheCallAsItDid() {
        for (Redirects policy : Redirects.values()) {
            bench.legs.clear();
            OutboundCall call = call(policy);
            redirects(302, elsewhere("bob"), elsewhere("+5351234567"), carriers("+5351234567"));
            assertEquals(EndCode.NUMBER_CHANGED, CallBench.end(call).code(), policy::name);
            assertEquals(1, bench.legs.size());
        }
        OutboundCall off = call(Redirects.OFF);
        redirects(302, carriers("+12025550102"));
        assertEquals(EndCode.NUMBER_CHANGED, CallBench.end(off).code());
    }

    @Test
    void aLoopEnds() {
        OutboundCall call = call(Redirects.SAME_TRUNK);
        redirects(302, carriers("+12025550102"));
        redirects(302, carriers("+12025550103"));
        redirects(302, carriers("+12025550102"));
        assertEquals(EndCode.NUMBER_CHANGED, CallBench.end(call).code());
        assertEquals(3, bench.legs.size());
    }

    @Test
    void soDoesAChainThatIsTooLong() {
        OutboundCall call = call(Redirects.SAME_TRUNK);
        for (int i = 0; i < 5; i++) {
            redirects(302, carriers("+1202555020" + i));
        }
        assertFalse(call.over());
        redirects(302, carriers("+12025550209"));
        assertEquals(EndCode.NUMBER_CHANGED, CallBench.end(call).code());
        assertEquals(
                List.of(302),
                bench.records.stream().map(record -> record.sipStatus()).toList());
    }
}
