package io.copperline.sip;

import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.NameAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes what an INVITE says of who calls, and of who has forwarded the call, in the headers that the trunk's carrier reads. */
final class CallerWriter {
    private static final String ANONYMOUS = "\"Anonymous\" <sip:anonymous@anonymous.invalid>"; // RFC 3323 section 4.1

    private final Line line;
    private final OutgoingCall call;
    private final TrunkIdentity identity;
    private final DiversionWriter forwarders;

    CallerWriter(Line line, OutgoingCall call) {
        this.line = line;
        this.call = call;
        this.identity = line.settings().identity();
        this.forwarders = new DiversionWriter(line, call.form());
    }

    /** The value of From, without its tag. */
    String from() {
        Optional<String> account = account();
        if (account.isPresent()) {
            // Whose account it is the carrier must see; the name is the caller's, and hidden with him.
            return (call.withheld() ? "" : name()) + "<" + line.accountUri(account.get()) + ">";
        }
        return isHidden() ? ANONYMOUS : caller();
    }

    /** The caller's own URI. */
    String entity() {
        return call.from().isEmpty()
                ? "sip:anonymous@anonymous.invalid"
                : line.numberUri(call.form().apply(call.from()));
    }

    String contactUser() {
        return account()
                .orElse(call.withheld() ? "" : identity.written(call.form().apply(call.from())));
    }

    /**
     * Who calls, as far as the carrier may know: with the wish to hide it, where it is withheld (RFC 3323, RFC 3325). And who has
     * forwarded the call.
     *
     * @param target the Request-URI
     */
    List<Header> headers(String target) {
        List<Header> headers = new ArrayList<>();
        List<CallerHeader> asked = identity.callerHeaders();
        boolean needed = !asked.isEmpty() || account().isPresent() || isHidden();
        if (needed && !call.from().isEmpty()) {
            for (CallerHeader header : asked.isEmpty() ? List.of(CallerHeader.P_ASSERTED_IDENTITY) : asked) {
                asserted(header).ifPresent(headers::add);
            }
        }
        if (isHidden()) {
            headers.add(new Header("Privacy", "id"));
        }
        headers.addAll(forwarders.headers(call.diversions(), target));
        return headers;
    }

    private boolean isHidden() {
        return call.withheld() || call.from().isEmpty();
    }

    /** What stands in From in place of the caller. */
    private Optional<String> account() {
        return identity.from() == TrunkIdentity.From.CALLER
                ? Optional.empty()
                : identity.fromUser().or(() -> line.account().map(Account::username));
    }

    private String name() {
        return call.displayName()
                .filter(_ -> identity.names())
                .flatMap(CallerName::clean)
                .map(text -> NameAddress.quote(text) + " ")
                .orElse("");
    }

    private String number(String number) {
        return "<" + line.numberUri(call.form().apply(number)) + ">";
    }

    private String caller() {
        return name() + number(call.from());
    }

    private Optional<Header> asserted(CallerHeader header) {
        return switch (header) {
            case P_ASSERTED_IDENTITY -> Optional.of(new Header("P-Asserted-Identity", caller()));
            case P_PREFERRED_IDENTITY -> Optional.of(new Header("P-Preferred-Identity", caller()));
            case REMOTE_PARTY_ID -> {
                String privacy = call.withheld() ? "full" : "off";
                yield Optional.of(
                        new Header("Remote-Party-ID", caller() + ";party=calling;screen=yes;privacy=" + privacy));
            }
            case DIVERSION ->
                call.diversions().isEmpty() // otherwise that says more
                        ? Optional.of(forwarders.diversion(
                                new Diversion(call.from(), Diversion.Reason.UNCONDITIONAL, call.withheld())))
                        : Optional.empty();
        };
    }
}
