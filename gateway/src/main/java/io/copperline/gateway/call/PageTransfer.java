package io.copperline.gateway.call;

import io.copperline.gateway.call.CallEvent.TransferState;
import io.copperline.gateway.call.CallRefused.Code;
import io.copperline.sip.ReferListener;
import java.util.concurrent.CompletableFuture;

/** The page hands its phone on to another: our REFER, and what the carrier tells of it. Owned by the call's shard. */
final class PageTransfer implements ReferListener {
    /** The page's other call, whose phone this one is put through to; on a shard of its own, perhaps. */
    interface Other {
        /** There is none. */
        Other NONE = new Other() {
            @Override
            public void handedOn(boolean on) {}

            @Override
            public void end() {}
        };

        /** Whether the carrier is about to end it because of the transfer. */
        void handedOn(boolean on);

        void end();
    }

    private final Call call;
    private final String to;
    private final Other other;
    private final CompletableFuture<Void> answer = new CompletableFuture<>();
    private boolean accepted;
    private boolean rang;
    private boolean done;

    PageTransfer(Call call, String to, Other other) {
        this.call = call;
        this.to = to;
        this.other = other;
    }

    /** Completes when the carrier tries; fails with {@link CallRefused} where it will not. */
    CompletableFuture<Void> answer() {
        return answer;
    }

    boolean isDone() {
        return done;
    }

    /** Whether a goodbye of the carrier's now is because of this. */
    boolean isAccepted() {
        return accepted && !done;
    }

    @Override
    public void refused(int status) {
        close(
                switch (status) {
                    case 405, 501 ->
                        new CallRefused(
                                Code.TRANSFER_NOT_SUPPORTED,
                                "The carrier takes no transfers on this trunk. Ask it to allow SIP REFER, or let the other"
                                        + " phone be called instead.");
                    case 491 -> new CallRefused(Code.TRANSFER_NOT_POSSIBLE, "This call is being transferred already.");
                    default ->
                        new CallRefused(
                                Code.TRANSFER_REFUSED,
                                "The carrier refused the transfer (SIP " + status + "). The call goes on.");
                });
    }

    @Override
    public void accepted() {
        if (!done) {
            accepted = true;
            tell(TransferState.STARTED, 0);
            answer.complete(null);
        }
    }

    @Override
    public void progress(int status) {
        if (status > 100 && !rang && !done) {
            rang = true;
            tell(TransferState.RINGING, status);
        }
    }

    @Override
    public void done(int status) {
        if (done) {
            return;
        }
        done = true;
        if (status / 100 == 2) {
            tell(TransferState.SUCCEEDED, status);
            call.end(EndCode.TRANSFERRED, CallEvent.Party.BROWSER);
            other.end();
        } else {
            tell(TransferState.FAILED, status);
            other.handedOn(false);
        }
    }

    /** The carrier has hung up, having taken the transfer: it puts the other two through. */
    void carriedOut() {
        done = true;
        tell(TransferState.SUCCEEDED, 0);
    }

    /** The call is over. */
    void abandon() {
        if (!done) {
            close(new CallRefused(Code.ALREADY_ENDED, "The call is over."));
        }
    }

    private void close(CallRefused why) {
        done = true;
        other.handedOn(false);
        answer.completeExceptionally(why);
    }

    private void tell(TransferState state, int status) {
        call.story().tell(new CallEvent.Transfer(call.now(), state, CallEvent.Side.BROWSER, to, status));
    }
}
