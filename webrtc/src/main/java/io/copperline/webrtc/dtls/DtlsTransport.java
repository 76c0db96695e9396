package io.copperline.webrtc.dtls;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * One DTLS association. Owned by its peer's thread; the handshake itself, and later each look at what has come, is an
 * errand on the executor passed in. Datagrams that come before {@link #start} are kept.
 */
public final class DtlsTransport {
    /** The W3C's states of RTCDtlsTransport. */
    public enum State {
        NEW,
        CONNECTING,
        CONNECTED,
        CLOSED,
        FAILED
    }

    private static final int RECEIVE_BYTES = 1_500;

    private final DatagramQueue queue;
    private final SecureRandom random;
    private final Executor errands;
    private final Runnable wakeUp;
    private volatile State state = State.NEW;
    private volatile Optional<DTLSTransport> transport = Optional.empty();
    private Optional<RecordFilter> filter = Optional.empty();
    private Optional<DtlsSecurity> security = Optional.empty();
    private final AtomicBoolean looking = new AtomicBoolean();

    /**
     * @param errands runs what blocks: a virtual thread for each errand
     * @param wakeUp called from an errand when the owner should look again, by {@link #onTime}
     */
    public DtlsTransport(SecureRandom random, Executor errands, Runnable wakeUp, long nowNanos) {
        this.random = random;
        this.errands = errands;
        this.wakeUp = wakeUp;
        queue = new DatagramQueue(wakeUp, nowNanos);
    }

    /** Begins the handshake. */
    public void start(DtlsRole role, DtlsCertificate certificate, List<Fingerprint> announced) {
        DtlsSecurity handshake = new DtlsSecurity(new BcTlsCrypto(random), certificate, announced);
        security = Optional.of(handshake);
        filter = Optional.of(new RecordFilter(role));
        state = State.CONNECTING;
        errands.execute(() -> shakeHands(role, handshake));
    }

    private void shakeHands(DtlsRole role, DtlsSecurity handshake) {
        try {
            transport = Optional.of(
                    role == DtlsRole.CLIENT
                            ? new DTLSClientProtocol().connect(new SrtpClient(handshake), queue)
                            : new DTLSServerProtocol().accept(new SrtpServer(handshake), queue));
            queue.poll();
            enter(State.CONNECTED);
        } catch (IOException | RuntimeException e) {
            // Hostile bytes end here as alerts; what they were is in failure().
            queue.poll();
            enter(State.FAILED);
        }
    }

    /** A datagram that RFC 7983 says is DTLS, from a checked pair; false where it was dropped. */
    public boolean onDatagram(byte[] buf, int off, int len) {
        byte[] records =
                filter.map(f -> f.filter(buf, off, len)).orElseGet(() -> Arrays.copyOfRange(buf, off, off + len));
        boolean kept = records.length > 0 && queue.offer(records);
        if (kept && state == State.CONNECTED) {
            look();
        }
        return kept;
    }

    /** After the handshake, too, Bouncy Castle must be asked to receive: only that resends a lost last flight. */
    private void look() {
        if (looking.compareAndSet(false, true)) {
            errands.execute(this::receiveWhatHasCome);
        }
    }

    private void receiveWhatHasCome() {
        byte[] data = new byte[RECEIVE_BYTES];
        try {
            DTLSTransport dtls = transport.orElseThrow();
            while (queue.hasIncoming()) {
                dtls.receive(data, 0, data.length, 1);
            }
        } catch (IOException | RuntimeException e) {
            enter(State.CLOSED);
        } finally {
            looking.set(false);
        }
        if (queue.hasIncoming() && state == State.CONNECTED) {
            look(); // It came between the last look and the end of this errand.
        }
        if (security.orElseThrow().closedByPeer()) {
            enter(State.CLOSED);
        }
    }

    private void enter(State next) {
        if (state != State.CLOSED) {
            state = next;
        }
        wakeUp.run();
    }

    /** Tells the time to a waiting handshake. */
    public void onTime(long nowNanos) {
        if (state == State.CONNECTING) {
            queue.tick(nowNanos);
        }
    }

    /** The next datagram that must go out. */
    public Optional<byte[]> nextDatagram() {
        return queue.next();
    }

    public State state() {
        return state;
    }

    /** The SRTP keys, once the state is {@link State#CONNECTED}. */
    public Optional<DtlsKeys> keys() {
        return security.flatMap(DtlsSecurity::keys);
    }

    /** Why it failed, where it did. */
    public DtlsFailure failure() {
        return security.map(DtlsSecurity::failure).orElse(DtlsFailure.HANDSHAKE);
    }

    /** Whether nothing will happen before a datagram comes or time passes. */
    public boolean quiet() {
        return state == State.CONNECTING ? queue.quiet() : !looking.get();
    }

    /** Says goodbye (close_notify) where there is someone to hear it, and ends a handshake that still goes on. */
    public void close() {
        Optional<DTLSTransport> dtls = transport;
        state = State.CLOSED;
        try {
            if (dtls.isPresent()) {
                dtls.get().close(); // Sends into our queue; nothing here blocks.
            }
        } catch (IOException e) {
            // The peer is gone, which is what we wanted.
        }
        queue.close();
    }
}
