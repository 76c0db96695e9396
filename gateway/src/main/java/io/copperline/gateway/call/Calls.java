package io.copperline.gateway.call;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What the browser-facing side may do with calls. Every method may be called from any thread; results arrive on the
 * call's shard, so a caller that needs its own thread hops there itself. A stage that fails does so with
 * {@link CallRefused}.
 */
public interface Calls {
    /** Answers the offer at once and starts ringing the number. */
    CompletionStage<PlacedCall> place(PlaceCall request);

    /** Answers an incoming call with the offer of the tab that picked it up. The first answer wins. */
    CompletionStage<PlacedCall> answer(CallId id, String user, String offer);

    /** Declines an incoming call for all of the user's tabs. */
    CompletionStage<Void> decline(CallId id, String user);

    /**
     * Answers an offer in the middle of a call: hold and resume, another track, data channels, other ICE credentials.
     *
     * @return the SDP answer
     */
    CompletionStage<String> renegotiate(CallId id, String user, String offer);

    /**
     * Takes a {@code application/trickle-ice-sdpfrag} body: candidates (RFC 8840 section 9), or the new credentials of an ICE
     * restart, whose other half comes back (RFC 9725 section 4.3.3).
     */
    CompletionStage<Optional<String>> onFragment(CallId id, String user, String sdpFragment);

    /**
     * Puts the phone of an answered call through to a number. Completes when the carrier tries; the rest is told as events. The
     * call ends when it has worked, and goes on otherwise.
     *
     * @param limits what the user's token allows
     */
    CompletionStage<Void> transfer(CallId id, String user, String to, PlaceCall.Limits limits);

    /** The same, to the phone of another answered call of the user's on the same trunk, which ends with it. */
    CompletionStage<Void> transfer(CallId id, String user, CallId other);

    /** Hangs up. Completes when the call has ended; a call that is already over completes at once. */
    CompletionStage<Void> hangUp(CallId id, String user);

    /** The state of a call, which stays readable for some minutes after its end; empty where the user has no such call. */
    CompletionStage<Optional<CallSnapshot>> snapshot(CallId id, String user);

    /**
     * Replays a call's events from the start and then sends each new one, on {@code executor}.
     *
     * @return closes the subscription; empty where the user has no such call
     */
    CompletionStage<Optional<AutoCloseable>> subscribe(
            CallId id, String user, Executor executor, Consumer<CallEvent> listener);

    /** The user's calls that are not over. */
    CompletionStage<List<CallId>> liveCalls(String user);
}
