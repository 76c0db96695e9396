package io.copperline.gateway.media;

import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.sip.TrunkSettings;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** One phone of a {@link TrunkRelay}: its sockets, its stream, and the way that its sound takes to the other phone. */
final class RelayEnd implements TrunkEnd {

    private final Shard shard;
    private final RelayMedia.Side side;
    private final RelayListener listener;
    private final Ticked owner;
    private final TrunkSockets sockets;
    private final MediaWatch watch;
    private final BetweenTrunks away;
    private Optional<TrunkSettings> settings = Optional.empty();
    private Optional<TrunkStream> stream = Optional.empty();
    private final LegMeter meter = new LegMeter();
    private Optional<WaitingRoom> rated = Optional.empty();
    private long windowStartNanos;
    private MediaReport.Leg last = MediaReport.Leg.NOTHING;
    private boolean answered;
    private boolean heard;
    private boolean closed;

    /** @param owner whose end a bug is */
    RelayEnd(Media media, Shard shard, RelayMedia.Side side, RelayListener listener, Ticked owner) {
        this.shard = shard;
        this.side = side;
        this.listener = listener;
        this.owner = owner;
        sockets = new TrunkSockets(media, shard);
        watch = MediaWatch.ofTrunk((trouble, since) -> listener.trouble(side, trouble, since));
        away = new BetweenTrunks(media.workshop(), new Keys(), watch);
    }

    /** The other phone's keys on their way to it. */
    private final class Keys implements DigitListener {
        @Override
        public void digitToPhone(char digit, int durationMillis, DigitPath path) {
            listener.digit(side.other(), digit, durationMillis, path);
        }

        @Override
        public void digitForInfo(char digit, int durationMillis) {
            listener.digitForInfo(side.other(), digit, durationMillis);
        }

        @Override
        public void digitFromPhone(char digit, int durationMillis, DigitPath path) {
            // What comes from a phone goes on as it is; nobody here listens for it.
        }
    }

    /** What becomes of this phone's sound. */
    BetweenTrunks away() {
        return away;
    }

    CompletionStage<LocalAudio> open(TrunkSettings trunk) {
        closeStream();
        settings = Optional.of(trunk);
        return sockets.open(trunk, this).thenApply(opened -> {
            if (closed) {
                sockets.close();
            } else {
                stream = Optional.of(opened);
            }
            return sockets.local(trunk);
        });
    }

    /** What the leg has agreed on; {@code back} is what the phone hears. False where it has no ports. */
    boolean agreed(NegotiatedAudio audio, BetweenTrunks back) {
        if (stream.isEmpty()) {
            return false;
        }
        back.to(stream.get(), audio, settings.orElseThrow());
        stream.get().agreed(audio);
        away.from(audio, settings.orElseThrow().dtmf());
        expect();
        return true;
    }

    void answered() {
        answered = true;
        windowStartNanos = shard.nowNanos();
        expect();
    }

    /** On hold a phone may send or not as it likes. */
    private void expect() {
        boolean both = stream.flatMap(TrunkStream::agreed)
                .filter(audio -> audio.direction() == MediaDirection.SENDRECV)
                .isPresent();
        watch.expecting(answered && both, shard.nowNanos());
    }

    void onTick(long nowNanos) {
        if (stream.isPresent()) {
            stream.get().onTick(nowNanos);
        }
    }

    /** A few times a second. */
    void check(long nowNanos) {
        MediaReport.Leg figures = figures();
        watch.check(figures.packetsReceived(), figures.packetsLost(), nowNanos);
        if (answered && nowNanos - windowStartNanos >= QualityWatch.WINDOW_NANOS) {
            windowStartNanos = nowNanos;
            rate(figures, nowNanos);
        }
    }

    private void rate(MediaReport.Leg figures, long nowNanos) {
        Optional<WaitingRoom> room = away.room();
        Optional<NegotiatedAudio> agreed = stream.flatMap(TrunkStream::agreed);
        if (room.isEmpty() || agreed.isEmpty()) {
            return;
        }
        if (!room.equals(rated)) {
            rated = room;
            meter.newRoom();
        }
        boolean due = watch.expecting() && !away.resting(nowNanos);
        var _ = meter.measure(
                room.get(), agreed.get().codec(), figures, stream.get().remoteReports(), due, nowNanos);
        meter.heard().ifPresent(stream.get()::heard);
    }

    OpinionScores scores() {
        return meter.scores();
    }

    /** As {@link TrunkStream#forgotten}. */
    boolean forgotten(long nowNanos) {
        return stream.filter(own ->
                        own.forgotten(settings.orElseThrow().media().timeout(), watch.silentNanos(nowNanos), nowNanos))
                .isPresent();
    }

    MediaReport.Leg figures() {
        return stream.map(TrunkStream::figures).orElse(last);
    }

    @Override
    public void onTrunkRtp(TrunkSockets at, byte[] buf, int off, int len, InetSocketAddress from) {
        try {
            if (stream.isPresent()) {
                stream.get().onRtp(buf, off, len, from, shard.nowNanos());
            }
        } catch (RuntimeException e) {
            shard.bug(owner, e);
        }
    }

    @Override
    public void onTrunkRtcp(TrunkSockets at, byte[] buf, int off, int len, InetSocketAddress from) {
        try {
            if (stream.isPresent()) {
                stream.get().onRtcp(buf, off, len, from, shard.nowNanos());
            }
        } catch (RuntimeException e) {
            shard.bug(owner, e);
        }
    }

    @Override
    public void audio(byte[] packet, int off, int len, long nowNanos) {
        away.onAudio(packet, off, len, nowNanos);
        if (!heard) {
            heard = true;
            listener.audioStarted(side);
        }
    }

    @Override
    public void digit(byte[] packet, int off, int len, long nowNanos) {
        away.onDigit(packet, off, len, nowNanos);
    }

    @Override
    public void comfortNoise(byte[] packet, int off, int len, long nowNanos) {
        away.onNoise(packet, off, len, nowNanos);
    }

    @Override
    public void latchedElsewhere() {
        listener.trouble(side, MediaTrouble.LATCHED, shard.nowNanos());
    }

    private void closeStream() {
        last = figures();
        stream = Optional.empty();
        heard = false;
        sockets.close();
        away.fromNowhere();
    }

    void close() {
        closed = true;
        closeStream();
        away.close();
    }
}
