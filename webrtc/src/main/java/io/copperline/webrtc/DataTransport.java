package io.copperline.webrtc;

import io.copperline.codecs.sdp.SdpException;
import io.copperline.webrtc.dtls.DtlsKeys;
import io.copperline.webrtc.dtls.SrtpUse;
import io.copperline.webrtc.ice.TransportAddress;
import io.copperline.webrtc.jsep.LocalTransport;
import io.copperline.webrtc.jsep.RemoteTransport;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * The transport that data channels have of their own where the other side does not bundle them with the audio. Made when an offer
 * asks for it. What befalls it ends the channels and nothing else.
 */
final class DataTransport implements PeerTransport.Sink {
    private final LongFunction<PeerTransport> maker;
    private final PeerTransport.Sink peer;
    private Optional<PeerTransport> transport = Optional.empty();

    /**
     * @param maker of a transport, at a time in nanoseconds
     * @param peer who sends what this has to send, and reads what it has received
     */
    DataTransport(LongFunction<PeerTransport> maker, PeerTransport.Sink peer) {
        this.maker = maker;
        this.peer = peer;
    }

    Optional<PeerTransport> existing() {
        return transport;
    }

    void check(Optional<RemoteTransport> theirs) throws SdpException {
        if (transport.isPresent() && theirs.isPresent()) {
            transport.get().check(theirs.get(), SrtpUse.OPTIONAL);
        }
    }

    /** Takes what the other side's offer says of it, if anything; what we are is for the answer. */
    Optional<LocalTransport> answer(Optional<RemoteTransport> theirs, long nowNanos) {
        if (theirs.isEmpty()) {
            return Optional.empty();
        }
        if (transport.isEmpty()) {
            transport = Optional.of(maker.apply(nowNanos));
        }
        return Optional.of(transport.get().answer(theirs.get(), SrtpUse.OPTIONAL, nowNanos));
    }

    /** The same of the other side's answer. */
    void accept(Optional<RemoteTransport> theirs, long nowNanos) {
        theirs.ifPresent(t -> transport.orElseThrow().accept(t, SrtpUse.OPTIONAL, nowNanos));
    }

    /** @param otherwise what the bundle's transport made of it: nothing */
    Fate onStun(byte[] buf, int off, int len, TransportAddress from, long nowNanos, Fate otherwise) {
        return transport.isEmpty() ? otherwise : transport.get().onStun(buf, off, len, from, nowNanos, this);
    }

    /** The same of a DTLS datagram. */
    Fate onDtls(byte[] buf, int off, int len, TransportAddress from, long nowNanos, Fate otherwise) {
        return transport.isEmpty() ? otherwise : transport.get().onDtls(buf, off, len, from, nowNanos, this);
    }

    void onClosed(TransportAddress remote) {
        transport.ifPresent(t -> t.ice().onClosed(remote));
    }

    void onTime(long nowNanos) {
        if (transport.isPresent()) { // Asked in every tick: no lambdas, which would be allocated.
            transport.get().onTime(nowNanos, this);
        }
    }

    long nextDeadline(long nowNanos, long latestNanos) {
        return transport.isEmpty() ? latestNanos : transport.get().nextDeadline(nowNanos, latestNanos);
    }

    boolean quiet() {
        return transport.isEmpty() || transport.get().quiet();
    }

    /** Says goodbye and is no more. */
    void close() {
        transport.ifPresent(t -> t.close(this));
        transport = Optional.empty();
    }

    @Override
    public void transmit(byte[] buf, int off, int len, TransportAddress to) {
        peer.transmit(buf, off, len, to);
    }

    @Override
    public void validated(TransportAddress remote) {
        peer.validated(remote);
    }

    @Override
    public void selected(TransportAddress remote) {
        // The peer's path is that of its media.
    }

    @Override
    public void connected(Optional<DtlsKeys> keys) {
        keys.ifPresent(DtlsKeys::wipe); // No media goes here.
    }

    @Override
    public void data(byte[] buf, int off, int len) {
        peer.data(buf, off, len);
    }

    @Override
    public void failed(PeerFailure why) {
        // PeerData sees it at its next tick, and ends the channels.
    }
}
