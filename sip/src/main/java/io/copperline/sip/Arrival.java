package io.copperline.sip;

import io.copperline.sip.stir.Verdict;
import io.copperline.sip.wire.NameAddress;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.SipUri;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** A call that has come in and waits for someone to take or refuse it. */
final class Arrival implements IncomingCall {
    /** RFC 3323 section 4.2 and RFC 3325 section 9.3. */
    private static final Set<String> HIDING = Set.of("id", "user", "full");

    private final Leg leg;
    private final OwnerDoor door;
    private final Request invite;
    private final Optional<Verdict> verdict;
    private final AtomicBoolean decided = new AtomicBoolean();

    Arrival(Leg leg, OwnerDoor door, Request invite, Optional<Verdict> verdict) {
        this.verdict = verdict;
        this.leg = leg;
        this.door = door;
        this.invite = invite;
    }

    @Override
    public String trunk() {
        return leg.line().settings().name();
    }

    @Override
    public String to() {
        String user = SipUri.parse(invite.uri()).map(SipUri::user).orElse("");
        return leg.line()
                .account()
                .filter(account -> account.username().equals(user) && !isNumber(user))
                .flatMap(this::numberOf)
                .orElse(user);
    }

    /** A registrar calls our Contact, which is the account: what was dialled stands in To, or is the account's first number. */
    private Optional<String> numberOf(Account account) {
        return invite.headers()
                .first("To")
                .flatMap(NameAddress::parse)
                .map(address -> address.uri().user())
                .filter(Arrival::isNumber)
                .or(() -> account.numbers().stream().findFirst());
    }

    private static boolean isNumber(String user) {
        return user.matches("\\+?[0-9][0-9().-]{1,31}");
    }

    @Override
    public String from() {
        return caller().map(NameAddress::uri)
                .filter(uri ->
                        !uri.user().equalsIgnoreCase("anonymous") && !uri.host().equalsIgnoreCase("anonymous.invalid"))
                .map(SipUri::user)
                .orElse("");
    }

    @Override
    public Optional<String> displayName() {
        return from().isEmpty()
                ? Optional.empty()
                : caller().flatMap(NameAddress::displayName).flatMap(CallerName::clean);
    }

    @Override
    public Optional<Diversion> diversion() {
        return Diversions.of(invite);
    }

    @Override
    public List<Diversion> diversions() {
        return Diversions.all(invite);
    }

    @Override
    public List<String> forwardedBy() {
        return Diversions.numbers(invite);
    }

    @Override
    public int maxForwards() {
        String hops = invite.headers().first("Max-Forwards").map(String::strip).orElse("");
        return hops.matches("[0-9]{1,3}") ? Math.min(Integer.parseInt(hops), Onward.MAX_FORWARDS) : Onward.MAX_FORWARDS;
    }

    @Override
    public Map<String, String> headers() {
        return leg.line().settings().headers().incoming(invite);
    }

    @Override
    public Optional<Verdict> verdict() {
        return verdict;
    }

    @Override
    public SipLeg take(Executor owner, SipLegListener listener) {
        decide();
        leg.heardBy(listener);
        door.open(owner);
        return leg;
    }

    @Override
    public void refuse(int status, int q850) {
        decide();
        SerialExecutor alone = new SerialExecutor();
        door.open(alone);
        alone.execute(() -> leg.reject(status, q850));
    }

    private void decide() {
        if (!decided.compareAndSet(false, true)) {
            throw new IllegalStateException("this call was taken or refused already");
        }
    }

    // RFC 3325 section 9.1: what the carrier vouches for, then what the caller says. Privacy hides the first (RFC
    // 3323).
    private Optional<NameAddress> caller() {
        boolean hidden = invite.headers().all("Privacy").stream()
                .flatMap(value -> Stream.of(value.split("[;,]")))
                .anyMatch(value -> HIDING.contains(value.strip().toLowerCase(Locale.ROOT)));
        if (hidden) {
            return Optional.empty();
        }
        return invite.headers()
                .first("P-Asserted-Identity")
                .flatMap(NameAddress::parse)
                .or(() -> invite.headers().first("From").flatMap(NameAddress::parse));
    }
}
