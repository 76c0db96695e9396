package io.copperline.webrtc;

import io.copperline.webrtc.ice.FullAgent;
import io.copperline.webrtc.ice.IceAgent;
import io.copperline.webrtc.ice.IceCandidate;
import io.copperline.webrtc.ice.IceCredentials;
import io.copperline.webrtc.ice.IceDrop;
import io.copperline.webrtc.ice.IceSink;
import io.copperline.webrtc.ice.LiteAgent;
import io.copperline.webrtc.ice.TransportAddress;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A peer's ICE through its generations. After a restart (RFC 8445 section 9) the old path carries media until the new one is
 * nominated; checks of both are taken meanwhile.
 *
 * <pre>
 * current --restart--> previous + current' --current' nominates--> current'
 * </pre>
 */
final class PeerIce {
    private record Generation(IceCredentials local, IceAgent agent) {}

    private final boolean lite;
    private final List<IceCandidate> candidates;
    private final RandomGenerator random;
    private final OldPath oldPath = new OldPath();
    private Generation current;
    private Optional<Generation> previous = Optional.empty();
    private Optional<IceCredentials> remote = Optional.empty();
    private boolean remoteLite;
    private boolean controlling = true;

    PeerIce(boolean lite, List<IceCandidate> candidates, RandomGenerator random, long nowNanos) {
        this.lite = lite;
        this.candidates = candidates;
        this.random = random;
        current = generation(nowNanos);
    }

    private Generation generation(long nowNanos) {
        IceCredentials local = IceCredentials.random(random);
        IceAgent agent =
                lite ? new LiteAgent(local, nowNanos) : new FullAgent(local, candidates, controlling, random, nowNanos);
        return new Generation(local, agent);
    }

    /** RFC 8445 section 6.1.1: who answers is controlled. */
    void answering() {
        controlling = false;
        current.agent().controlling(false);
    }

    IceCredentials local() {
        return current.local();
    }

    /** Whether a restart has begun whose new path is not there yet. */
    boolean restarting() {
        return previous.isPresent();
    }

    Optional<IceCredentials> remote() {
        return remote;
    }

    void remote(IceCredentials credentials, boolean isLite) {
        remote = Optional.of(credentials);
        remoteLite = isLite;
        current.agent().remote(credentials, isLite);
    }

    /** New credentials of the same other side, which answers our restart. */
    void remote(IceCredentials credentials) {
        remote(credentials, remoteLite);
    }

    void addRemoteCandidate(IceCandidate candidate) {
        current.agent().addRemoteCandidate(candidate);
    }

    /** Begins a new generation, with credentials of its own, against these of the other side. */
    void restart(IceCredentials theirs, long nowNanos) {
        restart(nowNanos);
        remote(theirs);
    }

    /** Begins a new generation whose other side is not known yet. */
    void restart(long nowNanos) {
        previous = Optional.of(current);
        current = generation(nowNanos);
        remote = Optional.empty();
    }

    IceDrop onDatagram(byte[] buf, int off, int len, TransportAddress from, long nowNanos, IceSink sink) {
        IceDrop fate = current.agent().onDatagram(buf, off, len, from, nowNanos, sink);
        boolean foreign = fate == IceDrop.NOT_AUTHENTIC || fate == IceDrop.UNEXPECTED;
        if (foreign && previous.isPresent()) {
            oldPath.sink = sink;
            fate = previous.get().agent().onDatagram(buf, off, len, from, nowNanos, oldPath);
        }
        if (current.agent().selectedRemote().isPresent()) {
            previous = Optional.empty();
        }
        return fate;
    }

    void onClosed(TransportAddress remote) {
        current.agent().onClosed(remote);
        previous.ifPresent(generation -> generation.agent().onClosed(remote));
    }

    void onTime(long nowNanos, IceSink sink) {
        current.agent().onTime(nowNanos, sink);
        if (previous.isPresent()) {
            oldPath.sink = sink;
            previous.get().agent().onTime(nowNanos, oldPath);
        }
    }

    long nextDeadline(long latestNanos) {
        long earliest = current.agent().nextDeadline(latestNanos);
        return previous.isEmpty() ? earliest : previous.get().agent().nextDeadline(earliest);
    }

    boolean validated(TransportAddress from) {
        return current.agent().validated(from)
                || previous.filter(generation -> generation.agent().validated(from))
                        .isPresent();
    }

    long lastConsentNanos() {
        long now = current.agent().lastConsentNanos();
        if (previous.isEmpty()) {
            return now; // Asked in every tick: no lambdas, which would be allocated.
        }
        long old = previous.get().agent().lastConsentNanos();
        return old - now > 0 ? old : now;
    }

    /** What the old generation says: it may still move its own path, until the new one is there. */
    private static final class OldPath implements IceSink {
        private IceSink sink;

        @Override
        public void transmit(byte[] buf, int off, int len, TransportAddress to) {
            sink.transmit(buf, off, len, to);
        }

        @Override
        public void validated(TransportAddress remote) {
            sink.validated(remote);
        }

        @Override
        public void selected(TransportAddress remote) {
            sink.selected(remote);
        }
    }
}
