package io.copperline.webrtc.ice;

import io.copperline.webrtc.stun.StunAttribute;
import io.copperline.webrtc.stun.StunMessage;
import java.util.Optional;

/** ICE-lite (RFC 8445 section 2.5): answers checks, always controlled, and follows the controlling side's nomination. */
public final class LiteAgent implements IceAgent {
    private final IncomingChecks checks;
    private final StunMessage message = new StunMessage();
    private Optional<TransportAddress> selected = Optional.empty();
    private long lastConsentNanos;

    /** @param local what {@code a=ice-ufrag} and {@code a=ice-pwd} of our description say */
    public LiteAgent(IceCredentials local, long nowNanos) {
        checks = new IncomingChecks(local);
        lastConsentNanos = nowNanos;
    }

    @Override
    public void controlling(boolean is) {
        // RFC 8445 section 6.1.1: facing a full agent, a lite one never controls.
    }

    @Override
    public void remote(IceCredentials credentials, boolean remoteIsLite) {
        checks.remote(credentials);
    }

    @Override
    public void addRemoteCandidate(IceCandidate candidate) {
        // Section 2.5: a lite agent sends no checks; the browser's addresses are learnt from its own.
    }

    @Override
    public IceDrop onDatagram(byte[] buf, int off, int len, TransportAddress from, long nowNanos, IceSink sink) {
        if (!message.read(buf, off, len)) {
            return IceDrop.MALFORMED;
        }
        if (message.type() == StunMessage.BINDING_INDICATION) {
            return IceDrop.TAKEN; // RFC 8445 section 11: keep-alive; it proves nothing and asks for nothing.
        }
        if (message.type() != StunMessage.BINDING_REQUEST) {
            return IceDrop.UNEXPECTED;
        }
        if (!checks.authentic(message)) {
            return IceDrop.NOT_AUTHENTIC;
        }
        if (IncomingChecks.claimsControlled(message)) {
            checks.refuseRole(message, from, sink);
            return IceDrop.TAKEN;
        }
        if (!checks.learn(from, sink)) {
            return IceDrop.TOO_MANY_ADDRESSES;
        }
        checks.confirm(message, from, sink);
        lastConsentNanos = nowNanos;
        if (message.has(StunAttribute.USE_CANDIDATE)
                && !selected.filter(from::equals).isPresent()) {
            selected = Optional.of(from);
            sink.selected(from);
        }
        return IceDrop.TAKEN;
    }

    @Override
    public void onClosed(TransportAddress remote) {
        checks.forget(remote);
    }

    @Override
    public void onTime(long nowNanos, IceSink sink) {
        // Nothing of a lite agent's is due by itself.
    }

    @Override
    public long nextDeadline(long latestNanos) {
        return latestNanos;
    }

    @Override
    public boolean validated(TransportAddress remote) {
        return checks.knows(remote);
    }

    @Override
    public Optional<TransportAddress> selectedRemote() {
        return selected;
    }

    @Override
    public long lastConsentNanos() {
        return lastConsentNanos;
    }
}
