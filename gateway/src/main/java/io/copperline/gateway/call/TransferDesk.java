package io.copperline.gateway.call;

import io.copperline.gateway.call.CallRefused.Code;
import io.copperline.sip.ReferTarget;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/** The page's transfers: from a call to a number, or to the phone of another call, which may live on another shard. */
final class TransferDesk {
    /** How one call reaches the phone of another. */
    private record Reach(String trunk, String number, ReferTarget.Dialog dialog) {}

    private final CallBook book;
    private final CallPlanner planner;
    private final InstantSource clock;

    TransferDesk(CallBook book, CallPlanner planner, InstantSource clock) {
        this.book = book;
        this.planner = planner;
        this.clock = clock;
    }

    CompletionStage<Void> toNumber(CallId id, String user, String to, PlaceCall.Limits limits) {
        String number;
        try {
            number = planner.destination(to, user, limits, clock.instant());
        } catch (CallRefused e) {
            return CompletableFuture.failedFuture(e);
        }
        return book.with(
                        id,
                        user,
                        call -> call.moves().transfer(new ReferTarget.Phone(number), number, PageTransfer.Other.NONE))
                .thenCompose(Function.identity());
    }

    CompletionStage<Void> toCall(CallId id, String user, CallId other) {
        if (id.equals(other)) {
            return CompletableFuture.failedFuture(
                    new CallRefused(Code.TRANSFER_NOT_POSSIBLE, "A call cannot be transferred to itself."));
        }
        return book.with(other, user, TransferDesk::reach)
                .thenCompose(reach -> book.with(id, user, call -> transfer(call, reach, other, user)))
                .thenCompose(Function.identity());
    }

    private static Reach reach(Call call) {
        CallParties parties = call.parties();
        boolean outbound = parties.direction() == CallSnapshot.Direction.OUTBOUND;
        return new Reach(
                call.trunk(),
                outbound ? parties.to() : parties.from(),
                call.moves().replaceable());
    }

    private CompletionStage<Void> transfer(Call call, Reach reach, CallId other, String user) {
        if (!call.trunk().equals(reach.trunk())) {
            throw new CallRefused(
                    Code.TRANSFER_NOT_POSSIBLE,
                    "The two calls are on different trunks. Only a carrier that has both can put them through.");
        }
        return call.moves().transfer(reach.dialog(), reach.number(), new PageTransfer.Other() {
            @Override
            public void handedOn(boolean on) {
                with(second -> second.moves().handedOn(on));
            }

            @Override
            public void end() {
                with(second -> second.end(EndCode.TRANSFERRED, CallEvent.Party.BROWSER));
            }

            private void with(Consumer<Call> task) {
                var _ = book.with(other, user, second -> {
                    task.accept(second);
                    return true;
                });
            }
        });
    }
}
