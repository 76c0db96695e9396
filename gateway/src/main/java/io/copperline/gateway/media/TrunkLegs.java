package io.copperline.gateway.media;

import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.sip.TrunkSettings;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The trunk's end of a bridge: the leg there is, and the ports of the one that may come next. Owned by its bridge. */
final class TrunkLegs {
    private final Media media;
    private final Shard shard;
    private final TrunkEnd end;
    private TrunkSockets sockets;
    private Optional<TrunkSettings> settings = Optional.empty();
    private Optional<TrunkStream> stream = Optional.empty();
    private Optional<Next> next = Optional.empty();
    private MediaReport.Leg last = MediaReport.Leg.NOTHING;
    private boolean over;

    /** What comes in there is not heard yet. */
    private record Next(TrunkSockets sockets, TrunkSettings settings) {}

    TrunkLegs(Media media, Shard shard, TrunkEnd end) {
        this.media = media;
        this.shard = shard;
        this.end = end;
        sockets = new TrunkSockets(media, shard);
    }

    /** Opens the ports of the first leg, or of one that is tried in place of the last. */
    CompletionStage<LocalAudio> open(TrunkSettings of) {
        settings = Optional.of(of);
        return sockets.open(of, end).thenApply(opened -> {
            if (over) {
                sockets.close();
            } else {
                stream = Optional.of(opened);
            }
            return sockets.local(of);
        });
    }

    CompletionStage<LocalAudio> openNext(TrunkSettings of) {
        closeNext();
        TrunkSockets opening = new TrunkSockets(media, shard);
        next = Optional.of(new Next(opening, of));
        return opening.open(of, end).thenApply(_ -> opening.local(of));
    }

    boolean hasNext() {
        return next.isPresent();
    }

    /** The next leg is the one there is; the one before must be closed. */
    void takeNext() {
        Next taken = next.orElseThrow();
        next = Optional.empty();
        sockets = taken.sockets();
        stream = taken.sockets().stream();
        settings = Optional.of(taken.settings());
    }

    void closeNext() {
        next.ifPresent(unused -> unused.sockets().close());
        next = Optional.empty();
    }

    /** Closes the leg there is; its last figures are kept. */
    void close() {
        last = figures();
        stream = Optional.empty();
        sockets.close();
    }

    /** None comes any more; what is still being opened is closed as soon as it is. */
    void noMore() {
        over = true;
        closeNext();
    }

    Optional<TrunkStream> stream() {
        return stream;
    }

    /** Of the trunk that the present leg belongs to, which must be there. */
    TrunkSettings settings() {
        return settings.orElseThrow();
    }

    MediaReport.Leg figures() {
        return stream.isPresent() ? stream.get().figures() : last;
    }

    void onRtp(TrunkSockets at, byte[] buf, int off, int len, InetSocketAddress from) {
        if (stream.isPresent() && sockets.equals(at)) {
            stream.get().onRtp(buf, off, len, from, shard.nowNanos());
        }
    }

    void onRtcp(TrunkSockets at, byte[] buf, int off, int len, InetSocketAddress from) {
        if (stream.isPresent() && sockets.equals(at)) {
            stream.get().onRtcp(buf, off, len, from, shard.nowNanos());
        }
    }
}
