package io.copperline.webrtc;

import io.copperline.codecs.sdp.SdpException;
import io.copperline.webrtc.datachannel.DataChannelSink;
import io.copperline.webrtc.datachannel.SctpTransport;
import io.copperline.webrtc.dtls.DtlsTransport;
import io.copperline.webrtc.jsep.Agreement;
import io.copperline.webrtc.jsep.LocalTransport;
import io.copperline.webrtc.jsep.NegotiatedData;
import io.copperline.webrtc.sctp.Association;
import io.copperline.webrtc.sctp.SctpSettings;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A peer's data channels: there as soon as either side wants some, started when a section for them is agreed on and DTLS is up. They
 * share the bundle's transport, or have one of their own.
 */
final class PeerData {
    /** Packets that fit into one DTLS record, in whole words. */
    static final SctpSettings SETTINGS = SctpSettings.DEFAULT.withMaxPacketBytes(DtlsTransport.MAX_SENT_BYTES & ~3);

    private final RandomGenerator random;
    private final PeerTransport bundle;
    private final DataTransport apart;
    private Optional<SctpTransport> transport = Optional.empty();
    private Optional<NegotiatedData> agreed = Optional.empty();
    private boolean started;

    /** @param apart what carries them where they are not in the bundle */
    PeerData(RandomGenerator random, PeerTransport bundle, DataTransport apart) {
        this.random = random;
        this.bundle = bundle;
        this.apart = apart;
    }

    /** The transport, made where there is none yet. */
    SctpTransport transport() {
        if (transport.isEmpty()) {
            transport = Optional.of(new SctpTransport(SETTINGS, random));
        }
        return transport.get();
    }

    Optional<SctpTransport> existing() {
        return transport;
    }

    boolean wanted() {
        return transport.isPresent();
    }

    boolean agreed() {
        return agreed.isPresent();
    }

    void check(Agreement agreement) throws SdpException {
        apart.check(agreement.dataTransport());
    }

    /** Takes what an offer of the other side's and our answer have come to; our own transport, where there is one, is for the answer. */
    Optional<LocalTransport> answer(Agreement agreement, long nowNanos) {
        agreed(agreement);
        return apart.answer(agreement.dataTransport(), nowNanos);
    }

    /** The same of our offer and the other side's answer. */
    void accept(Agreement agreement, long nowNanos) {
        agreed(agreement);
        apart.accept(agreement.dataTransport(), nowNanos);
    }

    /** Our own transport, where there is one, for an offer. */
    Optional<LocalTransport> offered() {
        return apart.existing().map(PeerTransport::offered);
    }

    private void agreed(Agreement agreement) {
        agreed = agreement.data();
        if (agreed.isPresent()) {
            transport();
        }
    }

    private PeerTransport carrier() {
        return apart.existing().orElse(bundle);
    }

    /** Does what is due. */
    void onTime(long nowNanos, DataChannelSink sink) {
        apart.onTime(nowNanos);
        if (transport.isEmpty()) {
            return; // Asked in every tick: no lambdas, which would be allocated.
        }
        PeerTransport carrier = carrier();
        if (carrier.over() || started && agreed.isEmpty()) {
            close(nowNanos, sink); // RFC 8841 section 10.1: the section was taken away.
            agreed = Optional.empty();
            transport = Optional.empty();
            started = false;
        } else if (agreed.isPresent() && carrier.connected()) {
            if (!started) {
                started = true;
                NegotiatedData theirs = agreed.get();
                transport
                        .get()
                        .start(carrier.role().orElseThrow(), theirs.sctpPort(), theirs.maxMessageBytes(), nowNanos);
            }
            transport.get().onTime(nowNanos, sink);
        }
    }

    /** When {@link #onTime} has something to do, which may be past; {@code latestNanos} where that is earlier. */
    long nextDeadline(long nowNanos, long latestNanos) {
        long latest = apart.nextDeadline(nowNanos, latestNanos);
        if (transport.isEmpty()) {
            return latest;
        }
        PeerTransport carrier = carrier();
        if (carrier.over() || carrier.connected() && agreed.isPresent() != started) {
            return nowNanos;
        }
        long next = started ? transport.get().nextDeadline() : Association.NEVER;
        return next != Association.NEVER && next - latest < 0 ? next : latest;
    }

    void onPacket(byte[] buf, int off, int len, long nowNanos, DataChannelSink sink) {
        if (started) {
            transport.get().onPacket(buf, off, len, nowNanos, sink);
        }
    }

    /** Sends an SCTP packet. */
    void send(byte[] buf, int off, int len, PeerTransport.Sink peer) {
        if (apart.existing().isPresent()) {
            apart.existing().get().send(buf, off, len, apart);
        } else {
            bundle.send(buf, off, len, peer);
        }
    }

    /** Ends the channels, and the transport that is theirs alone. */
    void close(long nowNanos, DataChannelSink sink) {
        if (transport.isPresent()) {
            transport.get().onTime(nowNanos, sink); // What was said last goes out before the end.
            transport.get().close(nowNanos, sink);
        }
        apart.close();
    }
}
