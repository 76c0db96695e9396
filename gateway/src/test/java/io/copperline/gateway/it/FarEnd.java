package io.copperline.gateway.it;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.sip.DialogSettings;
import io.copperline.sip.DtmfMode;
import io.copperline.sip.IncomingCall;
import io.copperline.sip.Onward;
import io.copperline.sip.OutgoingCall;
import io.copperline.sip.ReferTarget;
import io.copperline.sip.SipEndpoint;
import io.copperline.sip.SipSettings;
import io.copperline.sip.SipStartException;
import io.copperline.sip.SipTransport;
import io.copperline.sip.TrunkSettings;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A carrier that does what the test says and keeps every packet that the trunk brings. Its SIP is our own module, in this
 * process; its RTP sockets are its own, so that what is seen is what was on the wire.
 */
final class FarEnd implements AutoCloseable {
    private static final String TRUNK = "gateway";

    private final SipEndpoint sip;
    private final ScheduledExecutorService owner = Executors.newSingleThreadScheduledExecutor();
    private final BlockingQueue<IncomingCall> incoming = new LinkedBlockingQueue<>();
    private final List<FarCall> calls = new CopyOnWriteArrayList<>();

    /** The other side of a trunk that ends at another port, of sipp for instance. */
    FarEnd(int port, int otherPort, DialogSettings dialogs) {
        try {
            sip = SipEndpoint.start(
                    new SipSettings("127.0.0.1", "", port, 0, 0, Optional.empty(), "Far end", List.of()),
                    List.of(trunk(otherPort, dialogs)),
                    incoming::add,
                    InstantSource.system(),
                    new SecureRandom());
        } catch (SipStartException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TrunkSettings trunk(int otherPort, DialogSettings dialogs) {
        return TrunkSettings.to(TRUNK, "127.0.0.1", otherPort, SipTransport.UDP)
                .codecs(AudioCodec.PCMU)
                .dtmf(DtmfMode.RFC4733)
                .dialogs(dialogs)
                .build();
    }

    /** Takes the next call that the gateway sends here. */
    FarCall nextCall() {
        return nextCall(FarCall.Terms.USUAL);
    }

    FarCall nextCall(FarCall.Terms terms) {
        try {
            IncomingCall call = incoming.poll(Await.USUAL.toSeconds(), TimeUnit.SECONDS);
            if (call == null) {
                throw new AssertionError("no call came to the far end");
            }
            FarCall taken = new FarCall(owner, terms);
            calls.add(taken);
            taken.take(call);
            return taken;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Calls a number behind the gateway. */
    FarCall call(String number) {
        return call(number, FarCall.Terms.USUAL);
    }

    FarCall call(String number, FarCall.Terms terms) {
        FarCall call = new FarCall(owner, terms);
        calls.add(call);
        OutgoingCall wanted = new OutgoingCall(number, "+13035550199", Optional.of("Far end"));
        call.place(listener -> sip.trunk(TRUNK).call(wanted, call.local(), owner, listener));
        return call;
    }

    /** Calls the gateway in the place of a call that it has answered (RFC 3891), or had. */
    FarCall replace(FarCall old) {
        FarCall call = new FarCall(owner);
        calls.add(call);
        ReferTarget.Dialog place = old.place();
        OutgoingCall wanted = new OutgoingCall("", "+13035550199", Optional.empty())
                .sentOn(new Onward(Optional.of(place.uri()), Optional.of(place.replaces()), Optional.empty()));
        call.place(listener -> sip.trunk(TRUNK).call(wanted, call.local(), owner, listener));
        return call;
    }

    /** Calls that are up. */
    int openLegs() {
        return sip.openLegs();
    }

    /** SIP requests that wait for an answer. */
    int openTransactions() {
        return sip.openTransactions();
    }

    /** Dialogs and transactions that are over, and kept for a while. */
    int lingering() {
        return sip.lingering();
    }

    /** Ends what a test has left over. */
    void endCalls() {
        calls.forEach(FarCall::close);
        calls.clear();
        incoming.clear();
        Await.until("the far end's legs are over", () -> sip.openLegs() == 0);
    }

    @Override
    public void close() {
        calls.forEach(FarCall::close);
        sip.close();
        owner.shutdownNow();
    }
}
