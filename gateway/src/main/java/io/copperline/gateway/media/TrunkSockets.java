package io.copperline.gateway.media;

import io.copperline.codecs.sdp.LocalAudio;
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

    CompletionStage<TrunkStream> open(TrunkSettings trunk, MediaBridge bridge) {
        return open(trunk, bridge, ++generation, ATTEMPTS);
    }

    private CompletionStage<TrunkStream> open(TrunkSettings trunk, MediaBridge bridge, int wanted, int attempts) {
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
        CompletionStage<Door> rtp = NettyDoor.open(bootstrap, shard, bind, rtpPort, bridge::onTrunkRtp);
        CompletionStage<Door> rtcp = NettyDoor.open(bootstrap, shard, bind, rtpPort + 1, bridge::onTrunkRtcp);
        return rtp.thenCombine(rtcp, (a, b) -> stream(a, b, trunk, bridge))
                .handle((opened, failure) -> {
                    if (failure == null) {
                        return settle(opened, wanted);
                    }
                    rtp.thenAccept(Door::close);
                    rtcp.thenAccept(Door::close);
                    giveBack();
                    return open(trunk, bridge, wanted, attempts - 1);
                })
                .thenCompose(next -> next);
    }

    private TrunkStream stream(Door rtp, Door rtcp, TrunkSettings trunk, MediaBridge bridge) {
        return new TrunkStream(
                rtp,
                rtcp,
                trunk.symmetricRtp(),
                media.trunkDropCounters(),
                bridge,
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

    /** What our SDP says on this trunk. */
    LocalAudio local(TrunkSettings trunk, int ptimeMillis) {
        boolean events = trunk.dtmf() == DtmfMode.AUTO || trunk.dtmf() == DtmfMode.RFC4733;
        InetAddress address = media.addresses()
                .toTrunk(trunk.mediaAddress()
                        .or(() -> trunk.carriage().advertise())
                        .or(() -> trunk.carriage().bind()));
        return new LocalAudio(
                new InetSocketAddress(address, rtpPort),
                rtpPort + 1,
                trunk.codecs(),
                events,
                ptimeMillis,
                trunk.srtp());
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
