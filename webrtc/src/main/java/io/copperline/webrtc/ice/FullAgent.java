package io.copperline.webrtc.ice;

import io.copperline.webrtc.stun.StunAttribute;
import io.copperline.webrtc.stun.StunMessage;
import io.copperline.webrtc.stun.StunPassword;
import io.copperline.webrtc.stun.StunWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Sends checks of its own from one socket. The offerer controls, as long as nobody contradicts (RFC 8445 section 6.1.1); the
 * first pair that works is nominated, and its checks go on as consent (RFC 7675).
 */
public final class FullAgent implements IceAgent {
    private static final int MAX_PAIRS = 32;
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** RFC 8445 section 14.3 doubles from 500 ms; near peers deserve a quicker first repetition. */
    private static final long REPEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long CONSENT_NANOS = TimeUnit.MILLISECONDS.toNanos(2_500);
    private static final int PEER_REFLEXIVE_PRIORITY = 110 << 24 | 65_535 << 8 | 255;

    private final IceCredentials local;
    private final IncomingChecks incoming;
    private final RandomGenerator random;
    private final long tieBreaker;
    private final StunMessage message = new StunMessage();
    private final StunWriter writer = new StunWriter();
    private final List<Pair> pairs = new ArrayList<>();

    private boolean controlling;
    private Optional<IceCredentials> remote = Optional.empty();
    private Optional<StunPassword> remotePassword = Optional.empty();
    private Optional<Pair> nominated = Optional.empty();
    private Optional<TransportAddress> selected = Optional.empty();
    private long nextCheckNanos;
    private long lastConsentNanos;

    /**
     * @param controlling whether it nominates, until a conflict of roles is settled: the offerer does
     * @param random makes transaction ids and the tie-breaker: a secure one
     */
    public FullAgent(IceCredentials local, boolean controlling, RandomGenerator random, long nowNanos) {
        this.local = local;
        this.controlling = controlling;
        this.random = random;
        incoming = new IncomingChecks(local);
        tieBreaker = random.nextLong();
        lastConsentNanos = nowNanos;
        nextCheckNanos = nowNanos;
    }

    @Override
    public void remote(IceCredentials credentials, boolean remoteIsLite) {
        remote = Optional.of(credentials);
        remotePassword = Optional.of(new StunPassword(credentials.password()));
        incoming.remote(credentials);
        controlling |= remoteIsLite; // RFC 8445 section 6.1.1: facing a lite agent, the full one controls.
    }

    @Override
    public void addRemoteCandidate(IceCandidate candidate) {
        if (candidate.component() == 1 && candidate.transport().equals("udp")) {
            candidate.address().map(TransportAddress::udp).ifPresent(this::pair);
        }
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
        if (losesRoleConflict()) {
            incoming.refuseRole(message, from, sink);
            return IceDrop.TAKEN;
        }
        if (!incoming.learn(from, sink)) {
            return IceDrop.TOO_MANY_ADDRESSES;
        }
        incoming.confirm(message, from, sink);
        lastConsentNanos = nowNanos;
        pair(from).ifPresent(pair -> pair.dueNanos = nowNanos); // Section 7.3.1.4: a triggered check.
        if (!controlling && message.has(StunAttribute.USE_CANDIDATE)) {
            select(from, sink);
        }
        return IceDrop.TAKEN;
    }

    /** Section 7.3.1.1: on equal roles the larger tie-breaker controls. True: the other side must change. */
    private boolean losesRoleConflict() {
        StunAttribute theirs = controlling ? StunAttribute.ICE_CONTROLLING : StunAttribute.ICE_CONTROLLED;
        Optional<Long> theirTie = message.tieBreaker(theirs);
        if (theirTie.isEmpty()) {
            return false;
        }
        boolean weAreLarger = Long.compareUnsigned(tieBreaker, theirTie.get()) >= 0;
        if (weAreLarger == controlling) {
            return true;
        }
        controlling = !controlling;
        return false;
    }

    private IceDrop onResponse(TransportAddress from, long nowNanos, IceSink sink) {
        byte[] id = message.transactionId();
        for (Pair pair : pairs) {
            // Section 7.2.5.2.1: a response must come from where its request went.
            if (pair.remote.equals(from) && Arrays.equals(pair.transactionId, id)) {
                if (remotePassword.filter(message::authentic).isEmpty()) {
                    return IceDrop.NOT_AUTHENTIC;
                }
                settle(pair, nowNanos, sink);
                return IceDrop.TAKEN;
            }
        }
        return IceDrop.UNEXPECTED;
    }

    private void settle(Pair pair, long nowNanos, IceSink sink) {
        pair.answered = true;
        if (message.type() == StunMessage.BINDING_ERROR) {
            if (message.errorCode() == 487) {
                controlling = !controlling;
                pair.dueNanos = nowNanos;
            }
            return;
        }
        lastConsentNanos = nowNanos;
        incoming.learn(pair.remote, sink);
        if (controlling && nominated.isEmpty()) {
            nominated = Optional.of(pair);
            pair.dueNanos = nowNanos;
        } else {
            pair.dueNanos = nowNanos + CONSENT_NANOS;
            if (nominated.filter(n -> n == pair).isPresent()) {
                select(pair.remote, sink);
            }
        }
        pair.works = true;
    }

    private void select(TransportAddress address, IceSink sink) {
        if (selected.filter(address::equals).isEmpty()) {
            selected = Optional.of(address);
            sink.selected(address);
        }
    }

    @Override
    public void onClosed(TransportAddress remote) {
        incoming.forget(remote);
        pairs.removeIf(pair -> pair.remote.equals(remote));
        nominated = nominated.filter(pair -> !pair.remote.equals(remote));
    }

    @Override
    public void onTime(long nowNanos, IceSink sink) {
        if (remotePassword.isEmpty() || nowNanos - nextCheckNanos < 0) {
            return;
        }
        for (Pair pair : pairs) {
            if (wanted(pair) && nowNanos - pair.dueNanos >= 0) {
                check(pair, sink);
                pair.dueNanos = nowNanos + (pair.works && selected.isPresent() ? CONSENT_NANOS : REPEAT_NANOS);
                nextCheckNanos = nowNanos + PACE_NANOS;
                return;
            }
        }
    }

    private boolean wanted(Pair pair) {
        return nominated.isEmpty() || nominated.get() == pair || !controlling;
    }

    @Override
    public long nextDeadline(long latestNanos) {
        long earliest = latestNanos;
        for (int i = 0; remotePassword.isPresent() && i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            if (wanted(pair)) {
                long paced = pair.dueNanos - nextCheckNanos > 0 ? pair.dueNanos : nextCheckNanos;
                earliest = paced - earliest < 0 ? paced : earliest;
            }
        }
        return earliest;
    }

    private void check(Pair pair, IceSink sink) {
        if (pair.answered) {
            random.nextBytes(pair.transactionId);
            pair.answered = false; // A repetition keeps its id, so that a slow answer is still known.
        }
        writer.begin(StunMessage.BINDING_REQUEST, pair.transactionId)
                .text(StunAttribute.USERNAME, remote.orElseThrow().ufrag() + ":" + local.ufrag())
                .number(StunAttribute.PRIORITY, PEER_REFLEXIVE_PRIORITY)
                .tieBreaker(controlling ? StunAttribute.ICE_CONTROLLING : StunAttribute.ICE_CONTROLLED, tieBreaker);
        if (controlling && nominated.filter(n -> n == pair).isPresent()) {
            writer.flag(StunAttribute.USE_CANDIDATE);
        }
        sink.transmit(writer.buffer(), 0, writer.finish(remotePassword.orElseThrow()), pair.remote);
    }

    private Optional<Pair> pair(TransportAddress address) {
        for (Pair pair : pairs) {
            if (pair.remote.equals(address)) {
                return Optional.of(pair);
            }
        }
        if (pairs.size() == MAX_PAIRS) {
            return Optional.empty();
        }
        Pair pair = new Pair(address, nextCheckNanos);
        pairs.add(pair);
        return Optional.of(pair);
    }

    @Override
    public boolean validated(TransportAddress remote) {
        return incoming.knows(remote);
    }

    @Override
    public Optional<TransportAddress> selectedRemote() {
        return selected;
    }

    @Override
    public long lastConsentNanos() {
        return lastConsentNanos;
    }

    private static final class Pair {
        final TransportAddress remote;
        final byte[] transactionId = new byte[12];
        long dueNanos;
        boolean works;
        boolean answered = true;

        Pair(TransportAddress remote, long dueNanos) {
            this.remote = remote;
            this.dueNanos = dueNanos;
        }
    }
}
