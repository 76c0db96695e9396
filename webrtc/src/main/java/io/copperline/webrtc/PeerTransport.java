package io.copperline.webrtc;

import io.copperline.codecs.sdp.SdpException;
import io.copperline.webrtc.dtls.DtlsCertificate;
import io.copperline.webrtc.dtls.DtlsFailure;
import io.copperline.webrtc.dtls.DtlsKeys;
import io.copperline.webrtc.dtls.DtlsRole;
import io.copperline.webrtc.dtls.DtlsTransport;
import io.copperline.webrtc.dtls.SrtpUse;
import io.copperline.webrtc.ice.IceSink;
import io.copperline.webrtc.ice.TransportAddress;
import io.copperline.webrtc.jsep.LocalTransport;
import io.copperline.webrtc.jsep.RemoteTransport;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The path of a bundle (RFC 9143), or of a section outside it: ICE finds it, DTLS makes its keys and carries its data. Owned by
 * its peer.
 *
 * <pre>
 * remote known, path selected --> DTLS CONNECTING --> sink.connected, sink.data ... --> sink.failed, once
 * </pre>
 */
final class PeerTransport {
    /** What it tells its peer, within the call that caused it. */
    interface Sink {
        void transmit(byte[] buf, int off, int len, TransportAddress to);

        void validated(TransportAddress remote);

        void selected(TransportAddress remote);

        /** @param keys for media, where both sides have SRTP */
        void connected(Optional<DtlsKeys> keys);

        /** Application data of one record; the bytes are the callee's only until it returns. */
        void data(byte[] buf, int off, int len);

        void failed(PeerFailure why);
    }

    private final PeerSettings settings;
    private final DtlsCertificate certificate;
    private final PeerIce ice;
    private final DtlsTransport dtls;
    private final EarlyDatagrams early = new EarlyDatagrams();
    private final Steps steps = new Steps();
    private final byte[] received = new byte[DtlsTransport.MAX_RECEIVED_BYTES];

    private Optional<DtlsRole> role = Optional.empty();
    private SrtpUse use = SrtpUse.OPTIONAL;
    private Optional<RemoteTransport> remote = Optional.empty();
    private Optional<TransportAddress> path = Optional.empty();
    private boolean connected;
    private boolean over;
    private long waitingSinceNanos;
    private long lastMediaNanos;

    PeerTransport(
            PeerSettings settings,
            DtlsCertificate certificate,
            SecureRandom random,
            Executor handshakes,
            Runnable wakeUp,
            long nowNanos) {
        this.settings = settings;
        this.certificate = certificate;
        ice = new PeerIce(settings.iceLite(), settings.candidates(), random, nowNanos);
        dtls = new DtlsTransport(random, handshakes, wakeUp, nowNanos);
        waitingSinceNanos = nowNanos;
        lastMediaNanos = nowNanos;
    }

    PeerIce ice() {
        return ice;
    }

    Optional<DtlsRole> role() {
        return role;
    }

    boolean over() {
        return over;
    }

    /** Whether data, and media where there are keys, can go and come. */
    boolean connected() {
        return connected && !over;
    }

    /** What can be told of it now. */
    TransportFigures figures(String id) {
        return new TransportFigures(
                id, settings, certificate.figures(), ice.local().ufrag(), path, remote, dtls, role, over);
    }

    /** Whether this description of the other side can be followed; called before anything is changed for it. */
    void check(RemoteTransport theirs, SrtpUse wanted) throws SdpException {
        if (settings.iceLite() && theirs.iceLite()) {
            throw new SdpException("a=ice-lite on both sides: nobody would send checks");
        }
        // RFC 8842 section 5.5: other fingerprints ask for another association, which would cut the call's keys.
        if (remote.isPresent() && !remote.get().fingerprints().equals(theirs.fingerprints())) {
            throw new SdpException("a=fingerprint differs from that of the call; a new certificate needs a new call");
        }
        if (connected && wanted == SrtpUse.REQUIRED && dtls.keys().isEmpty()) {
            throw new SdpException("has audio, and DTLS was set up without use_srtp; media needs a new call");
        }
    }

    /** Takes the other side's offer; what we are is for the answer. */
    LocalTransport answer(RemoteTransport theirs, SrtpUse wanted, long nowNanos) {
        if (role.isEmpty()) {
            ice.answering(); // RFC 8445 section 6.1.1: whoever offered first controls.
        }
        // RFC 8842 section 5.3: active in the answer saves a round trip, and our DTLS is safest as client.
        DtlsRole ours = role.orElse(theirs.setup().equals("active") ? DtlsRole.SERVER : DtlsRole.CLIENT);
        remote(theirs, ours, wanted, nowNanos);
        return LocalTransport.answered(ice.local(), ours);
    }

    /** What we are, for an offer. */
    LocalTransport offered() {
        return LocalTransport.offered(ice.local());
    }

    /** Takes the other side's answer. */
    void accept(RemoteTransport theirs, SrtpUse wanted, long nowNanos) {
        remote(theirs, theirs.setup().equals("passive") ? DtlsRole.CLIENT : DtlsRole.SERVER, wanted, nowNanos);
    }

    /** New credentials are an ICE restart (RFC 8445 section 9). */
    private void remote(RemoteTransport theirs, DtlsRole ours, SrtpUse wanted, long nowNanos) {
        if (ice.remote().isPresent() && !ice.remote().get().equals(theirs.credentials())) {
            ice.restart(theirs.credentials(), nowNanos);
        } else {
            ice.remote(theirs.credentials(), theirs.iceLite());
        }
        theirs.candidates().forEach(ice::addRemoteCandidate);
        remote = Optional.of(theirs);
        role = Optional.of(role.orElse(ours));
        use = wanted;
    }

    Fate onStun(byte[] buf, int off, int len, TransportAddress from, long nowNanos, Sink sink) {
        steps.begin(nowNanos, sink);
        Fate fate = Fate.of(ice.onDatagram(buf, off, len, from, nowNanos, steps));
        advance(nowNanos, sink);
        return fate;
    }

    Fate onDtls(byte[] buf, int off, int len, TransportAddress from, long nowNanos, Sink sink) {
        if (!ice.validated(from)) {
            early.keep(buf, off, len, from);
            return Fate.DTLS_UNCHECKED;
        }
        boolean taken = dtls.onDatagram(buf, off, len);
        advance(nowNanos, sink);
        return taken ? Fate.TAKEN : Fate.DTLS_DROPPED;
    }

    /**
     * Authentic media came from there. A lite agent cannot ask for consent, and libnice sends no more checks once it has a path: so
     * what comes by that path is consent, too.
     */
    void onMedia(TransportAddress from, long nowNanos) {
        if (settings.iceLite() && path.isPresent() && path.get().equals(from)) {
            lastMediaNanos = nowNanos;
        }
    }

    void onTime(long nowNanos, Sink sink) {
        steps.begin(nowNanos, sink);
        ice.onTime(nowNanos, steps);
        dtls.onTime(nowNanos);
        advance(nowNanos, sink);
        checkTimeouts(nowNanos, sink);
    }

    private void advance(long nowNanos, Sink sink) {
        if (dtls.state() == DtlsTransport.State.NEW && role.isPresent() && path.isPresent()) {
            waitingSinceNanos = nowNanos;
            dtls.start(role.get(), certificate, remote.orElseThrow().fingerprints(), use);
        }
        flush(sink);
        if (!connected && dtls.state() == DtlsTransport.State.CONNECTED) {
            connected = true;
            sink.connected(dtls.keys());
        }
        receive(sink);
        if (dtls.state() == DtlsTransport.State.FAILED) {
            boolean forged = dtls.failure() == DtlsFailure.FINGERPRINT_MISMATCH;
            fail(forged ? PeerFailure.FINGERPRINT_MISMATCH : PeerFailure.DTLS_FAILED, sink);
        } else if (dtls.state() == DtlsTransport.State.CLOSED) {
            fail(PeerFailure.CLOSED_BY_PEER, sink);
        }
    }

    private void receive(Sink sink) {
        if (!dtls.hasReceived()) {
            return; // Bouncy Castle takes a new buffer even to say that there is nothing.
        }
        for (int bytes = dtls.receive(received); bytes >= 0 && !over; bytes = dtls.receive(received)) {
            sink.data(received, 0, bytes);
        }
        flush(sink);
    }

    /** Sends application data; false where there is no connection for it. */
    boolean send(byte[] buf, int off, int len, Sink sink) {
        boolean sent = dtls.send(buf, off, len);
        flush(sink);
        return sent;
    }

    private void flush(Sink sink) {
        for (Optional<byte[]> next = dtls.nextDatagram(); next.isPresent(); next = dtls.nextDatagram()) {
            if (path.isPresent()) {
                sink.transmit(next.get(), 0, next.get().length, path.get());
            }
        }
    }

    private void checkTimeouts(long nowNanos, Sink sink) {
        if (role.isEmpty() || nowNanos - timeoutNanos() < 0) {
            return;
        }
        if (path.isEmpty()) {
            fail(PeerFailure.ICE_TIMEOUT, sink);
        } else if (!connected && nowNanos - dtlsEndsNanos() >= 0) {
            fail(PeerFailure.DTLS_TIMEOUT, sink);
        } else {
            fail(PeerFailure.CONSENT_LOST, sink);
        }
    }

    /** When this transport is over, if nothing moves before. */
    private long timeoutNanos() {
        if (path.isEmpty()) {
            return waitingSinceNanos + settings.iceTimeout().toNanos();
        }
        long consentNanos = later(ice.lastConsentNanos(), lastMediaNanos);
        long consentEndsNanos = consentNanos + settings.consentTimeout().toNanos();
        return connected ? consentEndsNanos : earlier(consentEndsNanos, dtlsEndsNanos());
    }

    private long dtlsEndsNanos() {
        return waitingSinceNanos + settings.dtlsTimeout().toNanos();
    }

    /** When {@link #onTime} has something to do, which may be past; {@code latestNanos} where that is earlier. */
    long nextDeadline(long nowNanos, long latestNanos) {
        if (handshakeMoved()) {
            return nowNanos;
        }
        long earliest = dtls.nextDeadline(ice.nextDeadline(latestNanos));
        return role.isEmpty()
                ? earliest
                : earlier(earliest, timeoutNanos()); // Without a role nothing is described yet.
    }

    private static long earlier(long nanos, long otherNanos) {
        return nanos - otherNanos < 0 ? nanos : otherNanos;
    }

    private static long later(long nanos, long otherNanos) {
        return nanos - otherNanos > 0 ? nanos : otherNanos;
    }

    /** Whether {@link #advance} has something to do. */
    private boolean handshakeMoved() {
        return switch (dtls.state()) {
            case NEW -> role.isPresent() && path.isPresent();
            case CONNECTING -> false;
            case CONNECTED -> !connected;
            case CLOSED, FAILED -> true;
        };
    }

    private void fail(PeerFailure why, Sink sink) {
        if (!over) {
            over = true;
            sink.failed(why);
        }
    }

    /** Says goodbye to DTLS, and ends. */
    void close(Sink sink) {
        over = true;
        dtls.close();
        flush(sink);
    }

    /** Whether nothing will happen before a datagram comes or time passes. */
    boolean quiet() {
        return dtls.quiet();
    }

    /** What the agent says, passed on to the sink of the call that is going on. */
    private final class Steps implements IceSink {
        private Sink sink;
        private long nowNanos;

        void begin(long now, Sink current) {
            nowNanos = now;
            sink = current;
        }

        @Override
        public void transmit(byte[] buf, int off, int len, TransportAddress to) {
            sink.transmit(buf, off, len, to);
        }

        @Override
        public void validated(TransportAddress remote) {
            sink.validated(remote);
            early.release(remote, dtls);
        }

        @Override
        public void selected(TransportAddress remote) {
            if (path.isEmpty()) {
                waitingSinceNanos = nowNanos;
            }
            path = Optional.of(remote);
            sink.selected(remote);
        }
    }
}
