package io.copperline.webrtc.dtls;

import io.copperline.codecs.srtp.SrtpProfile;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * One DTLS association. Owned by its peer's thread; only the handshake is an errand on the executor passed in. Datagrams that
 * come before {@link #start} are kept.
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

    /** Application data of the largest datagram that is taken. */
    public static final int MAX_RECEIVED_BYTES = 1_500;

    /** Application data of one record: what {@link DatagramQueue} sends, less header, explicit nonce and tag (RFC 5288). */
    public static final int MAX_SENT_BYTES = DatagramQueue.SEND_LIMIT_BYTES - 13 - 8 - 16;

    /** Never spent: an empty queue says so at once. */
    private static final int WAIT_MILLIS = 1_000;

    private final DatagramQueue queue;
    private final SecureRandom random;
    private final Executor errands;
    private final Runnable wakeUp;
    private volatile State state = State.NEW;
    private volatile Optional<DTLSTransport> transport = Optional.empty();
    private Optional<RecordFilter> filter = Optional.empty();
    private Optional<DtlsSecurity> security = Optional.empty();

    /**
     * @param errands runs what blocks: a virtual thread for each handshake
     * @param wakeUp called from there when the owner should look again, by {@link #onTime}
     */
    public DtlsTransport(SecureRandom random, Executor errands, Runnable wakeUp, long nowNanos) {
        this.random = random;
        this.errands = errands;
        this.wakeUp = wakeUp;
        queue = new DatagramQueue(wakeUp, nowNanos);
    }

    /** Begins the handshake. */
    public void start(DtlsRole role, DtlsCertificate certificate, List<Fingerprint> announced, SrtpUse use) {
        DtlsSecurity handshake = new DtlsSecurity(new BcTlsCrypto(random), certificate, announced, use);
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

    /**
     * A datagram that RFC 7983 says is DTLS, from a checked pair; false where it was dropped. {@link #receive} is to be called
     * afterwards.
     */
    public boolean onDatagram(byte[] buf, int off, int len) {
        byte[] records =
                filter.map(f -> f.filter(buf, off, len)).orElseGet(() -> Arrays.copyOfRange(buf, off, off + len));
        return records.length > 0 && queue.offer(records);
    }

    /** Whether something has come since the handshake that {@link #receive} has not looked at. */
    public boolean hasReceived() {
        return state == State.CONNECTED && queue.hasIncoming();
    }

    /**
     * Reads on in what has come since the handshake. Bouncy Castle must be asked also where no data is expected: only that
     * resends a lost last flight, and hears a goodbye.
     *
     * @param buf takes the application data of one record: {@link #MAX_RECEIVED_BYTES}
     * @return its length in bytes, or -1 where nothing more has come
     */
    public int receive(byte[] buf) {
        if (state != State.CONNECTED) {
            return -1;
        }
        int bytes = -1;
        try {
            DTLSTransport dtls = transport.orElseThrow();
            do {
                bytes = dtls.receive(buf, 0, buf.length, WAIT_MILLIS); // -1 is a record that is not authentic.
            } while (bytes < 0);
        } catch (DatagramQueue.NothingThere e) {
            bytes = -1;
        } catch (IOException | RuntimeException e) {
            enter(State.CLOSED);
        }
        if (security.orElseThrow().closedByPeer()) {
            enter(State.CLOSED);
        }
        return bytes;
    }

    /**
     * Sends application data as one record; {@link #nextDatagram} has it.
     *
     * @param len at most {@link #MAX_SENT_BYTES}
     * @return false where the transport is not connected
     */
    public boolean send(byte[] buf, int off, int len) {
        if (state != State.CONNECTED) {
            return false;
        }
        try {
            transport.orElseThrow().send(buf, off, len);
            return true;
        } catch (IOException e) {
            enter(State.CLOSED);
            return false;
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

    /**
     * When {@link #onTime} or {@link #nextDatagram} has something to do next, which may be past; {@code latestNanos} where that is
     * earlier. An errand that is at work says when it is done, or begins to wait, by {@code wakeUp}.
     */
    public long nextDeadline(long latestNanos) {
        return queue.nextDeadline(latestNanos);
    }

    /** The next datagram that must go out. */
    public Optional<byte[]> nextDatagram() {
        return queue.next();
    }

    /** May change at any time while an errand is at work; {@code wakeUp} follows. */
    public State state() {
        return state;
    }

    /** The SRTP keys, once the state is {@link State#CONNECTED}; empty where the other side has no SRTP and need not have. */
    public Optional<DtlsKeys> keys() {
        return security.flatMap(DtlsSecurity::keys);
    }

    /** The other side's certificate, once it has been found to be the one that was announced. */
    public Optional<CertificateFigures> remoteCertificate() {
        return security.flatMap(DtlsSecurity::remoteCertificate);
    }

    /** The SRTP profile that was agreed on, once there are keys. */
    public Optional<SrtpProfile> profile() {
        return security.flatMap(DtlsSecurity::agreedProfile);
    }

    /** Why it failed, where it did. */
    public DtlsFailure failure() {
        return security.map(DtlsSecurity::failure).orElse(DtlsFailure.HANDSHAKE);
    }

    /** Whether nothing will happen before a datagram comes or time passes. */
    public boolean quiet() {
        return state != State.CONNECTING || queue.quiet();
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
        security.ifPresent(DtlsSecurity::wipe);
    }
}
