package io.copperline.sip;

import io.copperline.sip.stir.Verdict;
import io.copperline.sip.wire.NameAddress;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.SipUri;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** A call that has come in and waits for someone to take or refuse it. */
final class Arrival implements IncomingCall {
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
        return SipUri.parse(invite.uri()).map(SipUri::user).orElse("");
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
        return from().isEmpty() ? Optional.empty() : caller().flatMap(NameAddress::displayName);
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
        boolean hidden = invite.headers().all("Privacy").stream().anyMatch(value -> value.contains("id"));
        if (hidden) {
            return Optional.empty();
        }
        return invite.headers()
                .first("P-Asserted-Identity")
                .flatMap(NameAddress::parse)
                .or(() -> invite.headers().first("From").flatMap(NameAddress::parse));
    }
}
