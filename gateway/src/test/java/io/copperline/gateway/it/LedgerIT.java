package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.gateway.FreePorts;
import io.copperline.sip.DialogSettings;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What SIP has in use is given back: at once what lives, and after RFC 3261's timers what is kept for repetitions. */
class LedgerIT {
    private static final int ROUNDS = 20;
    /** A call that was held, one that was refused, and one that was cancelled. */
    private static final int EACH_ROUND = 3;
    /** 64*T1 for what we have answered, and a little for a busy machine. */
    private static final Duration TIMERS = Duration.ofSeconds(60);

    private final int ownPort = FreePorts.one();
    private final int farPort = FreePorts.one();
    private final FarEnd own = new FarEnd(ownPort, farPort, DialogSettings.USUAL);
    private final FarEnd far = new FarEnd(farPort, ownPort, DialogSettings.USUAL);

    @AfterEach
    void stop() {
        own.close();
        far.close();
    }

    @Test
    void nothingIsLeftOfCallsHoweverTheyEnd() {
        for (int round = 0; round < ROUNDS; round++) {
            talkedAndHeld();
            refused();
            cancelled();
            assertTrue(own.lingering() >= EACH_ROUND, "RFC 3261 section 17 has us keep what is over");
        }
        own.endCalls();
        far.endCalls();
        Await.until("no request waits", () -> own.openTransactions() + far.openTransactions() == 0);
        Await.until("nothing is kept for ever", TIMERS, () -> own.lingering() + far.lingering() == 0);
    }

    private void talkedAndHeld() {
        FarCall call = own.call("100");
        FarCall there = far.nextCall();
        there.answer();
        call.await("answered");
        there.await("answered");
        call.hold(true);
        there.await("audio RECVONLY");
        there.hangUp();
        call.await("ended REMOTE HANGUP");
    }

    private void refused() {
        FarCall call = own.call("100");
        far.nextCall().reject(486, 17);
        call.await("ended REMOTE REJECTED");
    }

    private void cancelled() {
        FarCall call = own.call("100");
        FarCall there = far.nextCall();
        there.ring();
        call.await("ringing");
        call.hangUp();
        there.await("ended REMOTE CANCELLED");
    }
}
