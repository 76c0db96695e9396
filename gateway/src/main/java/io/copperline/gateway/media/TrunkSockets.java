package io.copperline.gateway.media;

import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.sip.ComfortNoiseMode;
import io.copperline.sip.DtmfMode;
import io.copperline.sip.TrunkSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A trunk leg's pair of ports: taken, opened, and given back to rest. */
final class TrunkSockets {
    /** So many taken ports of other programs are passed over before we give up. */
    private static final int ATTEMPTS = 8;

    private final Media media;
    private final Shard shard;
    private Optional<TrunkStream> stream = Optional.empty();
    private int rtpPort = -1;
    private int generation;

    TrunkSockets(Media media, Shard shard) {
        this.media = media;
        this.shard = shard;
    }

    CompletionStage<TrunkStream> open(TrunkSettings trunk, TrunkEnd end) {
        return open(trunk, end, ++generation, ATTEMPTS);
    }

    private CompletionStage<TrunkStream> open(TrunkSettings trunk, TrunkEnd end, int wanted, int attempts) {
        OptionalInt port = shard.ports().take(shard.nowNanos());
        if (port.isEmpty() || attempts == 0) {
            port.ifPresent(taken -> shard.ports().giveBack(taken, shard.nowNanos()));
            return CompletableFuture.failedFuture(new PortsExhausted());
        }
        rtpPort = port.getAsInt();
        InetAddress bind = trunk.carriage()
                .bind()
                .map(InetAddress::ofLiteral)
                .orElse(media.settings().bind());
        var bootstrap = shard.transport().socket(bind);
        CompletionStage<Door> rtp = NettyDoor.open(
                bootstrap, shard, bind, rtpPort, (buf, off, len, from) -> end.onTrunkRtp(this, buf, off, len, from));
        CompletionStage<Door> rtcp = NettyDoor.open(
                bootstrap,
                shard,
                bind,
                rtpPort + 1,
                (buf, off, len, from) -> end.onTrunkRtcp(this, buf, off, len, from));
        return rtp.thenCombine(rtcp, (a, b) -> stream(a, b, trunk, end))
                .handle((opened, failure) -> {
                    if (failure == null) {
                        return settle(opened, wanted);
                    }
                    rtp.thenAccept(Door::close);
                    rtcp.thenAccept(Door::close);
                    giveBack();
                    return open(trunk, end, wanted, attempts - 1);
                })
                .thenCompose(next -> next);
    }

    private TrunkStream stream(Door rtp, Door rtcp, TrunkSettings trunk, TrunkEnd end) {
        return new TrunkStream(
                rtp,
                rtcp,
                trunk.symmetricRtp(),
                media.trunkDropCounters(),
                end,
                media.random(),
                shard.nowNanos(),
                shard.epochOffsetNanos());
    }

    /** The leg may have been closed while its sockets were being opened. */
    private CompletionStage<TrunkStream> settle(TrunkStream opened, int wanted) {
        stream = Optional.of(opened);
        if (wanted != generation) {
            close();
            return CompletableFuture.failedFuture(new PortsExhausted());
        }
        return CompletableFuture.completedFuture(opened);
    }

    /** Our stream on them, once they are open. */
    Optional<TrunkStream> stream() {
        return stream;
    }

    /** What our SDP says on this trunk. */
    LocalAudio local(TrunkSettings trunk) {
        boolean events = trunk.dtmf() == DtmfMode.AUTO || trunk.dtmf() == DtmfMode.RFC4733;
        InetAddress address = media.addresses()
                .toTrunk(trunk.mediaAddress().or(() -> trunk.carriage().mediaAddress()));
        return new LocalAudio(
                new InetSocketAddress(address, rtpPort),
                rtpPort + 1,
                trunk.codecs(),
                events,
                trunk.media().ptimeMillis(),
                trunk.srtp(),
                trunk.media().comfortNoise() != ComfortNoiseMode.OFF,
                trunk.media().rtcpMux(),
                trunk.media().voipMetrics());
    }

    void close() {
        generation++;
        stream.ifPresent(s -> {
            s.close();
            giveBack();
        });
        stream = Optional.empty();
    }

    private void giveBack() {
        shard.ports().giveBack(rtpPort, shard.nowNanos());
    }
}
