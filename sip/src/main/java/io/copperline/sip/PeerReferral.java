package io.copperline.sip;

import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.NameAddress;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ResponseListener;
import io.copperline.sip.wire.ServerExchange;
import io.copperline.sip.wire.SipUri;
import io.copperline.sip.wire.WireFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One REFER of the peer, and the NOTIFYs by which it hears what becomes of it (RFC 3515). They go on after a BYE: the subscription
 * outlives the call (RFC 5057 section 4.2). Owned by its leg.
 *
 * <pre>
 *  REFER --refuse--> 4xx, 603      --accept--> 202, NOTIFY 100 ... NOTIFY 180 ... NOTIFY 200, then our BYE
 *                                                                              `- NOTIFY 486, and the call goes on
 * </pre>
 */
final class PeerReferral implements Referral {
    /** For how long the peer may expect news: longer than any phone rings. */
    private static final int EXPIRES_SECONDS = 900;

    private final Leg leg;
    private final Dialog dialog;
    private final Request refer;
    private final ServerExchange exchange;
    private final Destination to;
    private final Optional<Replaces> replaces;
    private final boolean first;
    private final boolean silent;
    private Optional<Integer> news = Optional.empty();
    private int told;
    private boolean notifying;
    private boolean over;
    private Runnable afterwards = () -> {};

    private PeerReferral(
            Leg leg,
            Dialog dialog,
            Request refer,
            ServerExchange exchange,
            Destination to,
            Optional<Replaces> replaces,
            boolean first) {
        this.leg = leg;
        this.dialog = dialog;
        this.refer = refer;
        this.exchange = exchange;
        this.to = to;
        this.replaces = replaces;
        this.first = first;
        // RFC 4488 section 4: who wants no news gets none.
        silent = refer.headers()
                .first("Refer-Sub")
                .filter(value ->
                        value.strip().toLowerCase(java.util.Locale.ROOT).startsWith("false"))
                .isPresent();
    }

    /**
     * Reads a REFER, and answers those that cannot be followed by anyone.
     *
     * @param first whether it is the first of its dialog, whose NOTIFYs need no id (RFC 3515 section 2.4.6)
     */
    static Optional<PeerReferral> read(Leg leg, Dialog dialog, Request refer, ServerExchange exchange, boolean first) {
        List<String> targets = refer.headers().all("Refer-To");
        Optional<SipUri> uri =
                targets.size() == 1 ? NameAddress.parse(targets.getFirst()).map(NameAddress::uri) : Optional.empty();
        if (uri.isEmpty()) {
            exchange.respond(leg.respond(refer, 400)); // RFC 3515 section 2.4.2: exactly one
            return Optional.empty();
        }
        Optional<String> escaped = header(uri.get(), "replaces");
        Optional<Replaces> replaces = escaped.flatMap(Replaces::parseEscaped);
        Optional<Destination> to = Destination.of(uri.get());
        if (to.isEmpty() || escaped.isPresent() && replaces.isEmpty()) {
            exchange.respond(warned(leg.respond(refer, 403), "Refer-To is no place that can be called"));
            return Optional.empty();
        }
        boolean carrier = leg.line().serves(to.get().host())
                || dialog.hop().host().equalsIgnoreCase(to.get().host());
        return Optional.of(
                new PeerReferral(leg, dialog, refer, exchange, to.get().ofCarrier(carrier), replaces, first));
    }

    /** Of the headers in a URI (RFC 3261 section 19.1.5) none is taken over but the one that transfers need. */
    private static Optional<String> header(SipUri uri, String name) {
        int headers = uri.text().indexOf('?');
        return headers < 0
                ? Optional.empty()
                : Arrays.stream(uri.text().substring(headers + 1).split("&"))
                        .map(header -> header.split("=", 2))
                        .filter(pair -> pair.length == 2 && pair[0].equalsIgnoreCase(name))
                        .map(pair -> pair[1])
                        .findFirst();
    }

    private static Response warned(Response refusal, String why) {
        return refusal.with("Warning", "399 copperline " + NameAddress.quote(why)); // RFC 3261 section 20.43
    }

    /** Whether the peer waits for nothing more. */
    boolean isOver() {
        return over;
    }

    @Override
    public Destination to() {
        return to;
    }

    @Override
    public Optional<Replaces> replaces() {
        return replaces;
    }

    @Override
    public Optional<String> referredBy() {
        // As it came, if it is an address at all: whoever is called then decides what to make of it.
        return refer.headers()
                .first("Referred-By")
                .filter(value ->
                        value.length() <= 512 && NameAddress.parse(value).isPresent());
    }

    @Override
    public void refuse(int status, String why) {
        over = true;
        exchange.respond(warned(leg.respond(refer, status), why));
    }

    @Override
    public void accept() {
        Response accepted = leg.respond(refer, 202).with(List.of(dialog.contact()));
        exchange.respond(silent ? accepted.with("Refer-Sub", "false") : accepted);
        tell(100);
    }

    @Override
    public void progress(int status) {
        tell(status);
    }

    @Override
    public void succeeded() {
        over = true;
        afterwards = () -> leg.hangUp(16);
        tell(200);
    }

    @Override
    public void failed(int status) {
        over = true;
        tell(status);
    }

    // One NOTIFY at a time, so that none overtakes another; of what happens meanwhile the last counts.
    private void tell(int status) {
        if (silent) {
            afterwards.run();
            return;
        }
        news = Optional.of(status);
        tellNext();
    }

    private void tellNext() {
        if (notifying || news.isEmpty() || news.get() == told) {
            return;
        }
        told = news.get();
        notifying = true;
        leg.sender().send(dialog, "NOTIFY", headers(told), Sipfrag.of(told), new ResponseListener() {
            @Override
            public void onResponse(Response response) {
                if (!response.isProvisional()) {
                    notified(response.status() != 481);
                }
            }

            @Override
            public void onFailure(WireFailure failure, String what) {
                notified(false);
            }
        });
    }

    private void notified(boolean wanted) {
        notifying = false;
        if (!wanted || told >= 200) {
            news = Optional.empty();
            afterwards.run();
        } else {
            tellNext();
        }
    }

    private List<Header> headers(int status) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Event", first ? "refer" : "refer;id=" + refer.cseq()));
        headers.add(new Header(
                "Subscription-State",
                status >= 200 ? "terminated;reason=noresource" : "active;expires=" + EXPIRES_SECONDS));
        headers.add(new Header("Content-Type", Sipfrag.TYPE + ";version=2.0"));
        return headers;
    }
}
