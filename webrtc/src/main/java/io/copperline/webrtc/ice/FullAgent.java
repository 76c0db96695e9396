package io.copperline.webrtc.ice;

import io.copperline.webrtc.ice.CandidatePair.State;
import io.copperline.webrtc.stun.StunAttribute;
import io.copperline.webrtc.stun.StunMessage;
import io.copperline.webrtc.stun.StunPassword;
import io.copperline.webrtc.stun.StunTransaction;
import io.copperline.webrtc.stun.StunWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Full ICE from one socket: it checks each pair, which also opens a NAT that it is behind, nominates or follows the nomination,
 * and goes on checking the selected pair as consent (RFC 7675).
 *
 * <pre>
 * triggered checks, then repetitions, then consent, then ordinary ones: one every Ta (RFC 8445 section 6.1.4.2)
 * </pre>
 */
public final class FullAgent implements IceAgent {
    /** Ta, from 5 ms up (RFC 8445 section 14.2). */
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final IceCredentials local;
    private final IncomingChecks incoming;
    private final RandomGenerator random;
    private final Role role;
    private final Checklist checklist;
    private final Nomination nomination;
    private final Consent consent;
    private final StunMessage message = new StunMessage();
    private final StunWriter writer = new StunWriter();

    private Optional<IceCredentials> remote = Optional.empty();
    private Optional<StunPassword> remotePassword = Optional.empty();
    private long nextCheckNanos;
    private long lastNanos;

    /**
     * @param candidates our own, of which each family and protocol of theirs needs one to be paired with
     * @param controlling whether it nominates, until a conflict of roles is settled: the offerer does
     * @param random makes transaction ids and the tie-breaker: a secure one
     */
    public FullAgent(
            IceCredentials local,
            List<IceCandidate> candidates,
            boolean controlling,
            RandomGenerator random,
            long nowNanos) {
        this.local = local;
        this.random = random;
        role = new Role(controlling, random);
        checklist = new Checklist(candidates, role);
        nomination = new Nomination(checklist, role);
        consent = new Consent(random, nowNanos);
        incoming = new IncomingChecks(local);
        nextCheckNanos = nowNanos;
        lastNanos = nowNanos;
    }

    @Override
    public void controlling(boolean is) {
        role.controlling(is);
    }

    @Override
    public void remote(IceCredentials credentials, boolean remoteIsLite) {
        remote = Optional.of(credentials);
        remotePassword = Optional.of(new StunPassword(credentials.password()));
        incoming.remote(credentials);
        if (remoteIsLite) {
            role.controlling(true); // RFC 8445 section 6.1.1: facing a lite agent, the full one controls.
        }
    }

    /** Pairs it; over TCP we wait to be connected to, and learn the pair from its check (RFC 6544 section 6.2). */
    @Override
    public void addRemoteCandidate(IceCandidate candidate) {
        boolean ours = candidate.component() == 1 && candidate.transport().equals("udp");
        candidate
                .address()
                .filter(a -> ours && a.getPort() > 0)
                .filter(a ->
                        !a.getAddress().isAnyLocalAddress() && !a.getAddress().isMulticastAddress())
                .map(TransportAddress::udp)
                .filter(a -> checklist.find(a).isEmpty())
                .ifPresent(a -> checklist.pair(a, candidate.foundation(), candidate.priority()));
    }

    @Override
    public IceDrop onDatagram(byte[] buf, int off, int len, TransportAddress from, long nowNanos, IceSink sink) {
        if (!message.read(buf, off, len)) {
            return IceDrop.MALFORMED;
        }
        return switch (message.type()) {
            case StunMessage.BINDING_REQUEST -> onRequest(from, nowNanos, sink);
            case StunMessage.BINDING_SUCCESS, StunMessage.BINDING_ERROR -> onResponse(from, nowNanos, sink);
            case StunMessage.BINDING_INDICATION -> IceDrop.TAKEN;
            default -> IceDrop.UNEXPECTED;
        };
    }

    private IceDrop onRequest(TransportAddress from, long nowNanos, IceSink sink) {
        if (!incoming.authentic(message)) {
            return IceDrop.NOT_AUTHENTIC;
        }
        boolean before = role.controlling();
        if (role.refuses(message)) {
            incoming.refuseRole(message, from, sink);
            return IceDrop.TAKEN;
        }
        if (before != role.controlling()) {
            nomination.withdraw();
        }
        if (!incoming.learn(from, sink)) {
            return IceDrop.TOO_MANY_ADDRESSES;
        }
        incoming.confirm(message, from, sink);
        // Section 7.3.1.3: an address that no candidate named is a peer-reflexive candidate, of the priority that the
        // check tells.
        long priority = message.number(StunAttribute.PRIORITY).orElse(0) & 0xffff_ffffL;
        checklist
                .find(from)
                .or(() -> checklist.pair(from, "prflx " + from, priority))
                .ifPresent(pair -> onCheck(pair, nowNanos, sink));
        return IceDrop.TAKEN;
    }

    private void onCheck(CandidatePair pair, long nowNanos, IceSink sink) {
        if (!role.controlling() && message.has(StunAttribute.USE_CANDIDATE)) {
            pair.nominated(true); // Section 7.3.1.5: selected when, or as soon as, it works.
        }
        switch (pair.state()) {
            case SUCCEEDED -> select(pair, nowNanos, sink);
            case IN_PROGRESS -> pair.check().hasten(nowNanos);
            case FROZEN, WAITING, FAILED -> {
                pair.state(State.WAITING);
                checklist.trigger(pair);
            }
        }
    }

    private IceDrop onResponse(TransportAddress from, long nowNanos, IceSink sink) {
        Optional<CandidatePair> selected = nomination.selected();
        if (selected.isPresent() && consent.answeredBy(message)) {
            if (!answers(selected.get(), from)) {
                return IceDrop.NOT_AUTHENTIC;
            }
            consent.onAnswer(message, nowNanos);
            return IceDrop.TAKEN;
        }
        Optional<CandidatePair> asked = checklist.answeredBy(message);
        if (asked.isEmpty()) {
            return IceDrop.UNEXPECTED;
        }
        if (!answers(asked.get(), from)) {
            return IceDrop.NOT_AUTHENTIC;
        }
        settle(asked.get(), nowNanos, sink);
        return IceDrop.TAKEN;
    }

    /** Section 7.2.5.2.1: a response comes from where its request went; and it is sealed with the password that sealed that. */
    private boolean answers(CandidatePair pair, TransportAddress from) {
        return pair.remote().equals(from)
                && remotePassword.filter(message::authentic).isPresent();
    }

    private void settle(CandidatePair pair, long nowNanos, IceSink sink) {
        pair.check().end();
        if (message.type() == StunMessage.BINDING_SUCCESS) {
            nomination.onValid(nowNanos);
            pair.state(State.SUCCEEDED);
            checklist.unfreeze(pair.foundation());
            consent.given(nowNanos);
            incoming.learn(pair.remote(), sink);
            select(pair, nowNanos, sink);
        } else if (message.errorCode() == IncomingChecks.ROLE_CONFLICT) {
            role.conflicts();
            nomination.withdraw();
            pair.state(State.WAITING);
            checklist.trigger(pair);
        } else {
            fail(pair);
        }
    }

    private void fail(CandidatePair pair) {
        pair.check().end();
        pair.state(State.FAILED);
        nomination.onFailed(pair);
    }

    private void select(CandidatePair pair, long nowNanos, IceSink sink) {
        if (nomination.select(pair, nowNanos)) {
            consent.later(nowNanos);
            sink.selected(pair.remote());
        }
    }

    @Override
    public void onClosed(TransportAddress address) {
        incoming.forget(address);
        checklist.find(address).ifPresent(pair -> {
            checklist.remove(pair);
            nomination.onGone(pair);
        });
    }

    @Override
    public void onTime(long nowNanos, IceSink sink) {
        lastNanos = nowNanos;
        if (remotePassword.isEmpty()) {
            return;
        }
        Optional<CandidatePair> expired = checklist.expired(nowNanos);
        if (expired.isPresent()) {
            fail(expired.get());
        }
        nomination.onTime(nowNanos);
        if (nowNanos - nextCheckNanos >= 0 && checkNext(nowNanos, sink)) {
            nextCheckNanos = nowNanos + PACE_NANOS;
        }
    }

    /** Before a pair is selected, and while another one is nominated, something may be due at every step of the pace. */
    @Override
    public long nextDeadline(long latestNanos) {
        if (remotePassword.isEmpty() || checklist.isEmpty()) {
            return latestNanos;
        }
        boolean settled = nomination.selected().isPresent() && !checklist.unsettled();
        long stepNanos = lastNanos + PACE_NANOS;
        long due = settled ? consent.dueNanos() : nextCheckNanos - stepNanos > 0 ? nextCheckNanos : stepNanos;
        return due - latestNanos < 0 ? due : latestNanos;
    }

    private boolean checkNext(long nowNanos, IceSink sink) {
        Optional<CandidatePair> selected = nomination.selected();
        Optional<CandidatePair> next = checklist.urgent(selected.isPresent(), nowNanos);
        if (next.isEmpty() && selected.isEmpty()) {
            next = checklist.ordinary();
        }
        if (next.isPresent()) {
            check(next.get(), nowNanos, sink);
            return true;
        }
        // Section 8.1.2: once a pair is selected, no others are looked for.
        if (selected.isEmpty() || !consent.due(nowNanos)) {
            return false;
        }
        transmit(selected.get(), consent.ask(nowNanos), sink);
        return true;
    }

    private void check(CandidatePair pair, long nowNanos, IceSink sink) {
        if (!pair.check().open()) {
            pair.check().begin(random, nowNanos);
            pair.state(pair.state() == State.SUCCEEDED ? State.SUCCEEDED : State.IN_PROGRESS);
        }
        pair.check().sent(pair.remote().protocol() == TransportAddress.Protocol.TCP, nowNanos);
        transmit(pair, pair.check(), sink);
    }

    private void transmit(CandidatePair pair, StunTransaction request, IceSink sink) {
        writer.begin(StunMessage.BINDING_REQUEST, request.id())
                .text(StunAttribute.USERNAME, remote.orElseThrow().ufrag() + ":" + local.ufrag())
                .number(StunAttribute.PRIORITY, pair.peerReflexivePriority());
        role.write(writer);
        if (role.controlling() && pair.nominated()) {
            writer.flag(StunAttribute.USE_CANDIDATE);
        }
        sink.transmit(writer.buffer(), 0, writer.finish(remotePassword.orElseThrow()), pair.remote());
    }

    @Override
    public boolean validated(TransportAddress address) {
        return incoming.knows(address);
    }

    @Override
    public Optional<TransportAddress> selectedRemote() {
        return nomination.selected().map(CandidatePair::remote);
    }

    @Override
    public long lastConsentNanos() {
        return consent.lastNanos();
    }
}
