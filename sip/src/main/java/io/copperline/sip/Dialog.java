package io.copperline.sip;

import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Headers;
import io.copperline.sip.wire.Message;
import io.copperline.sip.wire.NameAddress;
import io.copperline.sip.wire.NextHop;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.SipUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A dialog (RFC 3261 section 12): what every later request of the call must repeat. Owned by its leg. */
final class Dialog {
    private static final Set<String> WITH_CONTACT = Set.of("INVITE", "UPDATE", "ACK", "REFER", "NOTIFY");

    private final Line line;
    private final String callId;
    private final String local;
    private final String remote;
    private final String localTag;
    private final String remoteTag;
    private final List<String> routeSet;
    private final String contactUser;
    private String remoteTarget;
    private Optional<List<String>> peerAllows = Optional.empty();
    private long localCseq;
    private long remoteCseq;

    private Dialog(
            Line line,
            Request invite,
            String local,
            String remote,
            String localTag,
            String remoteTag,
            List<String> routes) {
        this.line = line;
        this.callId = invite.callId();
        this.local = local;
        this.remote = remote;
        this.localTag = localTag;
        this.remoteTag = remoteTag;
        this.routeSet = List.copyOf(routes);
        this.contactUser = contactUser(local);
    }

    /** The caller's side (section 12.1.2). */
    static Dialog ofCaller(Line line, Request invite, Response response) {
        List<String> routes = new ArrayList<>(response.headers().all("Record-Route"));
        java.util.Collections.reverse(routes);
        String from = invite.headers().first("From").orElse("");
        String to = response.headers().first("To").orElse("");
        Dialog dialog = new Dialog(line, invite, from, to, invite.fromTag(), response.toTag(), routes);
        dialog.localCseq = response.cseq();
        dialog.remoteCseq = -1;
        dialog.remoteTarget = response.contact().map(SipUri::text).orElse(invite.uri());
        dialog.hearAllow(response);
        return dialog;
    }

    /** The called side (section 12.1.1). */
    static Dialog ofCalled(Line line, Request invite, String localTag) {
        String to = invite.headers().first("To").orElse("") + ";tag=" + localTag;
        String from = invite.headers().first("From").orElse("");
        List<String> routes = invite.headers().all("Record-Route");
        Dialog dialog = new Dialog(line, invite, to, from, localTag, invite.fromTag(), routes);
        dialog.localCseq = 0;
        dialog.remoteCseq = invite.cseq();
        dialog.remoteTarget = invite.contact().map(SipUri::text).orElse("sip:invalid.invalid");
        dialog.hearAllow(invite);
        return dialog;
    }

    String remoteTag() {
        return remoteTag;
    }

    String localTag() {
        return localTag;
    }

    Header contact() {
        return line.own().contact(contactUser);
    }

    /** The next request of ours in this dialog (section 12.2.1.1). */
    Request request(String method, List<Header> more) {
        localCseq++;
        return build(method, localCseq, more);
    }

    /** The ACK of a 2xx to our INVITE with this number (section 13.2.2.4). */
    Request ack(long inviteCseq) {
        return build("ACK", inviteCseq, List.of());
    }

    /** Where requests go next: the route set wins over the peer's Contact. */
    NextHop hop() {
        Optional<SipUri> first = routeSet.isEmpty()
                ? SipUri.parse(remoteTarget)
                : NameAddress.parse(routeSet.getFirst()).map(NameAddress::uri);
        return first.filter(uri -> !uri.host().isEmpty()).map(line::hopTo).orElseGet(line::hop);
    }

    /** Whether a request of the peer comes in order (section 12.2.2), and remembers its number. */
    boolean accepts(Request request) {
        if (request.cseq() <= remoteCseq) {
            return false;
        }
        remoteCseq = request.cseq();
        return true;
    }

    /** Takes over the numbers of the early dialog that this one confirms: both count on (section 12.1). */
    void confirms(Dialog early) {
        localCseq = early.localCseq;
        remoteCseq = early.remoteCseq;
    }

    /** Takes the peer's new Contact from a target refresh (section 12.2). */
    void refreshTarget(Message message) {
        message.contact().ifPresent(uri -> remoteTarget = uri.text());
        hearAllow(message);
    }

    private void hearAllow(Message message) {
        List<String> methods = OptionTags.of(message, "Allow");
        if (!methods.isEmpty()) {
            peerAllows = Optional.of(methods);
        }
    }

    /** Whether the peer takes this method: so it says, or it has not said what it takes (RFC 3261 section 20.5). */
    boolean peerAllows(String method) {
        return peerAllows
                .map(methods -> methods.contains(method.toLowerCase(Locale.ROOT)))
                .orElse(true);
    }

    /** How we go by in this dialog. */
    String localUri() {
        return NameAddress.parse(local).map(address -> address.uri().text()).orElse("sip:anonymous@anonymous.invalid");
    }

    /** How somebody else reaches the peer, to take our place in this dialog (RFC 5589 section 7.1). */
    ReferTarget.Dialog replaceable() {
        int headers = remoteTarget.indexOf('?');
        String uri = headers < 0 ? remoteTarget : remoteTarget.substring(0, headers);
        return new ReferTarget.Dialog(uri, new Replaces(callId, remoteTag, localTag, false));
    }

    private Request build(String method, long cseq, List<Header> more) {
        List<Header> headers = new ArrayList<>();
        headers.add(line.own().via());
        headers.add(new Header("Max-Forwards", "70"));
        String uri = routes(headers);
        headers.add(new Header("From", local));
        headers.add(new Header("To", remote));
        headers.add(new Header("Call-ID", callId));
        headers.add(new Header("CSeq", cseq + " " + method));
        if (WITH_CONTACT.contains(method)) {
            headers.add(contact());
        }
        headers.add(new Header("User-Agent", line.own().userAgent()));
        headers.addAll(more);
        return new Request(method, uri, new Headers(headers), "");
    }

    private String routes(List<Header> headers) {
        boolean strict = !routeSet.isEmpty()
                && NameAddress.parse(routeSet.getFirst())
                        .flatMap(first -> first.uri().parameter("lr"))
                        .isEmpty();
        if (!strict) {
            routeSet.forEach(route -> headers.add(new Header("Route", route)));
            return remoteTarget;
        }
        // Section 12.2.1.1: a strict router of RFC 2543 takes its own URI as Request-URI, and the target goes last.
        routeSet.stream().skip(1).forEach(route -> headers.add(new Header("Route", route)));
        headers.add(new Header("Route", "<" + remoteTarget + ">"));
        return NameAddress.parse(routeSet.getFirst())
                .map(first -> first.uri().text())
                .orElse(remoteTarget);
    }

    private static String contactUser(String local) {
        return NameAddress.parse(local).map(address -> address.uri().user()).orElse("");
    }
}
