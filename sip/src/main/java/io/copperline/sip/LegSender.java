package io.copperline.sip;

import io.copperline.sip.digest.DigestClient;
import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.NextHop;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ResponseListener;
import io.copperline.sip.wire.WireFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Sends the requests of one leg, with credentials where the carrier wants them. What comes of them is heard on the leg's owner. */
final class LegSender {
    private final LegParts parts;
    private final Line line;
    private final Executor owner;
    private final Optional<DigestClient> digest;

    LegSender(LegParts parts, Line line, Executor owner) {
        this.parts = parts;
        this.line = line;
        this.owner = owner;
        this.digest = line.digest(() -> parts.tokens().token());
    }

    /** Sends our first INVITE. */
    Attempt invite(Function<List<Header>, Request> make, ResponseListener outcome) {
        return send(line.hop(), make, outcome);
    }

    /** Sends a request in a dialog. */
    Attempt send(Dialog dialog, String method, List<Header> headers, String body, ResponseListener outcome) {
        Function<List<Header>, Request> make = credentials -> {
            List<Header> all = new ArrayList<>(headers);
            all.addAll(credentials);
            Request bare = dialog.request(method, all);
            return new Request(method, bare.uri(), bare.headers(), body);
        };
        return send(dialog.hop(), make, outcome);
    }

    /** Sends BYE. Nobody waits for what the peer says to it, except the endpoint when it closes. */
    void bye(Dialog dialog, int q850) {
        parts.legs().farewell(+1);
        send(dialog, "BYE", Q850.header(q850), "", new ResponseListener() {
            @Override
            public void onResponse(Response response) {
                if (!response.isProvisional()) {
                    parts.legs().farewell(-1);
                }
            }

            @Override
            public void onFailure(WireFailure failure, String what) {
                parts.legs().farewell(-1);
            }
        });
    }

    private Attempt send(NextHop hop, Function<List<Header>, Request> make, ResponseListener outcome) {
        return Attempt.send(parts.wire(), hop, owner, digest, List.of(), make, outcome);
    }
}
