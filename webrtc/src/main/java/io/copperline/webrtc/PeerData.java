package io.copperline.webrtc;

import io.copperline.webrtc.datachannel.DataChannelSink;
import io.copperline.webrtc.datachannel.SctpTransport;
import io.copperline.webrtc.dtls.DtlsRole;
import io.copperline.webrtc.dtls.DtlsTransport;
import io.copperline.webrtc.jsep.NegotiatedData;
import io.copperline.webrtc.sctp.Association;
import io.copperline.webrtc.sctp.SctpSettings;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A peer's data channels: there as soon as either side wants some, started when a section for them is agreed on and DTLS is up. */
final class PeerData {
    /** Packets that fit into one DTLS record, in whole words. */
    static final SctpSettings SETTINGS = SctpSettings.DEFAULT.withMaxPacketBytes(DtlsTransport.MAX_SENT_BYTES & ~3);

    private final RandomGenerator random;
    private Optional<SctpTransport> transport = Optional.empty();
    private Optional<NegotiatedData> agreed = Optional.empty();
    private boolean started;

    PeerData(RandomGenerator random) {
        this.random = random;
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

    void agreed(Optional<NegotiatedData> section) {
        agreed = section;
        if (agreed.isPresent()) {
            transport();
        }
    }

    /** Does what is due, DTLS being up. */
    void onTime(DtlsRole role, long nowNanos, DataChannelSink sink) {
        if (transport.isEmpty()) {
            return; // Asked in every tick: no lambdas, which would be allocated.
        }
        if (agreed.isPresent() && !started) {
            started = true;
            transport.get().start(role, agreed.get().sctpPort(), agreed.get().maxMessageBytes(), nowNanos);
        }
        if (agreed.isPresent()) {
            transport.get().onTime(nowNanos, sink);
        } else if (started) {
            close(nowNanos, sink); // RFC 8841 section 10.1: the section was taken away.
            transport = Optional.empty();
            started = false;
        }
    }

    /** When {@link #onTime} has something to do, which may be past; {@code latestNanos} where that is earlier. */
    long nextDeadline(long nowNanos, long latestNanos) {
        if (transport.isEmpty()) {
            return latestNanos;
        }
        if (agreed.isPresent() != started) {
            return nowNanos;
        }
        long next = started ? transport.get().nextDeadline() : Association.NEVER;
        return next != Association.NEVER && next - latestNanos < 0 ? next : latestNanos;
    }

    void onPacket(byte[] buf, int off, int len, long nowNanos, DataChannelSink sink) {
        if (started) {
            transport.get().onPacket(buf, off, len, nowNanos, sink);
        }
    }

    void close(long nowNanos, DataChannelSink sink) {
        if (transport.isPresent()) {
            transport.get().onTime(nowNanos, sink); // What was said last goes out before the end.
            transport.get().close(nowNanos, sink);
        }
    }
}
