package io.copperline.sip;

import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ResponseListener;
import io.copperline.sip.wire.ServerExchange;
import io.copperline.sip.wire.WireFailure;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Our REFER in a call, and what the peer's NOTIFYs tell of it (RFC 3515). One at a time. Owned by {@link Talking}. */
final class OwnRefer {
    /** After so long without the last word nobody waits any more. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final String EVENT = "refer";

    private final Leg leg;
    private final Talking talking;
    private final Dialog dialog;
    private Optional<ReferListener> waiting = Optional.empty();
    private boolean accepted;
    private Timers.Timer patience = () -> {};

    OwnRefer(Leg leg, Talking talking, Dialog dialog) {
        this.leg = leg;
        this.talking = talking;
        this.dialog = dialog;
    }

    void send(ReferTarget target, ReferListener listener) {
        if (waiting.isPresent() || !dialog.peerAllows("REFER")) {
            int status = waiting.isPresent() ? 491 : 405;
            leg.tell(_ -> listener.refused(status));
            return;
        }
        waiting = Optional.of(listener);
        accepted = false;
        List<Header> headers = List.of(
                new Header("Refer-To", "<" + referTo(target) + ">"),
                new Header("Referred-By", "<" + dialog.localUri() + ">"));
        leg.sender().send(dialog, "REFER", headers, "", new ResponseListener() {
            @Override
            public void onResponse(Response response) {
                if (!response.isProvisional() && heardBy(listener)) {
                    answered(response);
                }
            }

            @Override
            public void onFailure(WireFailure failure, String what) {
                if (heardBy(listener) && leg.is(talking)) {
                    refused(408);
                    talking.lost("no response to REFER");
                }
            }
        });
    }

    private boolean heardBy(ReferListener listener) {
        return waiting.filter(listener::equals).isPresent();
    }

    private String referTo(ReferTarget target) {
        return switch (target) {
            case ReferTarget.Phone number -> leg.line().uri(number.number());
            case ReferTarget.Dialog other ->
                other.uri() + "?Replaces=" + other.replaces().escaped();
        };
    }

    private void answered(Response response) {
        if (response.isSuccess()) {
            accept();
        } else {
            refused(response.status());
            talking.lostOn(response);
        }
    }

    private void accept() {
        if (!accepted) {
            accepted = true;
            waiting.ifPresent(who -> leg.tell(_ -> who.accepted()));
            patience = leg.after(talking, PATIENCE, () -> done(408));
        }
    }

    /** News of it; RFC 6665 section 4.1.3: what nobody has subscribed to is refused by 481, what nobody knows by 489. */
    void onNotify(Request notify, ServerExchange exchange) {
        if (!isRefer(notify)) {
            exchange.respond(InDialog.badEvent(leg.respond(notify, 489)));
        } else if (waiting.isEmpty()) {
            exchange.respond(leg.respond(notify, 481));
        } else {
            exchange.respond(leg.respond(notify, 200));
            accept(); // It may be here before its 202 is (RFC 6665 section 4.1.2.4).
            heard(notify);
        }
    }

    static boolean isRefer(Request notify) {
        String event = notify.headers().first("Event").orElse("");
        return event.split(";", 2)[0].strip().equalsIgnoreCase(EVENT);
    }

    /** Whether no NOTIFY follows this one. */
    static boolean isLast(Request notify) {
        return notify.headers()
                .first("Subscription-State")
                .filter(state -> state.strip().toLowerCase(Locale.ROOT).startsWith("terminated"))
                .isPresent();
    }

    private void heard(Request notify) {
        int status = notify.body(Sipfrag.TYPE).map(Sipfrag::status).orElse(0);
        if (status >= 200) {
            done(status);
        } else if (isLast(notify)) {
            done(408); // It will say no more, and has not said that anybody answered.
        } else if (status >= 100) {
            waiting.ifPresent(who -> leg.tell(_ -> who.progress(status)));
        }
    }

    private void done(int status) {
        patience.stop();
        waiting.ifPresent(who -> leg.tell(_ -> who.done(status)));
        waiting = Optional.empty();
    }

    private void refused(int status) {
        patience.stop();
        waiting.ifPresent(who -> leg.tell(_ -> who.refused(status)));
        waiting = Optional.empty();
    }

    /**
     * The call is over, which the leg's listener hears by itself.
     *
     * @return whether the peer may still send news
     */
    boolean stop() {
        patience.stop();
        boolean subscribed = waiting.isPresent();
        waiting = Optional.empty();
        return subscribed;
    }
}
