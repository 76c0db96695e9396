package io.copperline.sip;

import io.copperline.sip.digest.Challenge;
import io.copperline.sip.digest.DigestClient;
import io.copperline.sip.wire.ClientExchange;
import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.NextHop;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ResponseListener;
import io.copperline.sip.wire.SipWire;
import io.copperline.sip.wire.WireFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * One request of ours and its repetition with credentials (RFC 3261 section 22.2). Its listener hears on the owner's executor, and
 * hears a 401 or 407 only where credentials do not help.
 */
final class Attempt {
    /** No transaction gives up sooner (RFC 3261 section 17.1: 32 s). */
    private static final Duration UNANSWERED = Duration.ofSeconds(30);

    private final SipWire wire;
    private final NextHop hop;
    private final Executor owner;
    private final Optional<DigestClient> digest;
    private final Function<List<Header>, Request> make;
    private final ResponseListener listener;
    private final DigestClient.Round round = new DigestClient.Round();
    private Request request;
    private ClientExchange exchange;

    private Attempt(
            SipWire wire,
            NextHop hop,
            Executor owner,
            Optional<DigestClient> digest,
            Function<List<Header>, Request> make,
            ResponseListener listener) {
        this.wire = wire;
        this.hop = hop;
        this.owner = owner;
        this.digest = digest;
        this.make = make;
        this.listener = listener;
    }

    /**
     * Sends a request.
     *
     * @param make makes the request, each time with the next CSeq, from the headers that carry credentials
     */
    static Attempt send(
            SipWire wire,
            NextHop hop,
            Executor owner,
            Optional<DigestClient> digest,
            List<Header> credentials,
            Function<List<Header>, Request> make,
            ResponseListener listener) {
        Attempt attempt = new Attempt(wire, hop, owner, digest, make, listener);
        attempt.send(credentials);
        return attempt;
    }

    /** The request as it was sent last. */
    Request request() {
        return request;
    }

    /** Sends CANCEL for it. */
    void cancel(List<Header> headers) {
        exchange.cancel(headers);
    }

    private void send(List<Header> credentials) {
        Request sent = make.apply(credentials);
        request = sent;
        exchange = wire.request(sent, hop, new ResponseListener() {
            @Override
            public void onResponse(Response response) {
                owner.execute(() -> Attempt.this.onResponse(sent, response));
            }

            @Override
            public void onFailure(WireFailure failure, String what) {
                if (failure == WireFailure.TIMEOUT) {
                    wire.doubt(hop, UNANSWERED);
                }
                owner.execute(() -> {
                    if (sent.cseq() == request.cseq()) {
                        listener.onFailure(failure, what);
                    }
                });
            }
        });
    }

    private void onResponse(Request sent, Response response) {
        if (sent.cseq() != request.cseq()) {
            return; // an earlier round
        }
        boolean challenged = response.status() == 401 || response.status() == 407;
        if (challenged && digest.isPresent()) {
            List<Header> credentials =
                    digest.get().answer(Challenge.of(response), round, sent.method(), sent.uri(), sent.body());
            if (!credentials.isEmpty()) {
                send(credentials);
                return;
            }
        }
        if (response.isSuccess()) {
            digest.ifPresent(client -> client.onSuccess(response));
        }
        listener.onResponse(response);
    }
}
