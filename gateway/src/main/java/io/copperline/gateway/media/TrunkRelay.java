package io.copperline.gateway.media;

import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.sip.TrunkSettings;
import java.util.concurrent.CompletionStage;

/**
 * The audio of a call between two phones, each on a trunk leg of its own. Owned by its shard.
 *
 * <pre>
 * TrunkDoor -> lock, Latch -> BetweenTrunks: waiting room = tick => decode, encode, header, lock -> TrunkDoor, and the same back
 * </pre>
 */
final class TrunkRelay implements RelayMedia, Ticked {
    private static final int TICKS_PER_CHECK = 25;

    private final Media media;
    private final Shard shard;
    private final RelayListener listener;
    private final RelayEnd caller;
    private final RelayEnd called;
    private boolean over;
    private int ticks;

    TrunkRelay(Media media, Shard shard, RelayListener listener) {
        this.media = media;
        this.shard = shard;
        this.listener = listener;
        caller = new RelayEnd(media, shard, Side.CALLER, listener, this);
        called = new RelayEnd(media, shard, Side.CALLED, listener, this);
        caller.away().open(); // Two carriers that each wait for the other's first packet would wait for ever.
        media.bridgeOpened();
        shard.add(this);
    }

    private RelayEnd end(Side side) {
        return side == Side.CALLER ? caller : called;
    }

    @Override
    public CompletionStage<LocalAudio> open(Side side, TrunkSettings trunk) {
        end(side.other()).away().toNowhere();
        return end(side).open(trunk);
    }

    @Override
    public void agreed(Side side, NegotiatedAudio audio) {
        var _ = end(side).agreed(audio, end(side.other()).away());
    }

    @Override
    public void letHear() {
        called.away().open();
    }

    @Override
    public void answered() {
        letHear();
        caller.answered();
        called.answered();
    }

    @Override
    public void pressed(Side side, char digit, int durationMillis) {
        end(side).away().press(digit, durationMillis, shard.nowNanos());
    }

    @Override
    public boolean digitRefused(Side to, char digit, int durationMillis) {
        return end(to.other()).away().infoRefused(digit, durationMillis);
    }

    @Override
    public void onTick(long nowNanos) {
        caller.away().onTick(nowNanos);
        called.away().onTick(nowNanos);
        caller.onTick(nowNanos);
        called.onTick(nowNanos);
        if (++ticks % TICKS_PER_CHECK == 0) {
            check(nowNanos);
        }
    }

    private void check(long nowNanos) {
        caller.check(nowNanos);
        called.check(nowNanos);
        for (Side side : Side.values()) {
            if (!over && end(side).forgotten(nowNanos)) {
                listener.audioEnded(side);
            }
        }
    }

    @Override
    public void onBug() {
        listener.audioFailed();
    }

    @Override
    public MediaReport.Leg figures(Side side) {
        return end(side).figures();
    }

    @Override
    public OpinionScores scores(Side side) {
        return end(side).scores();
    }

    @Override
    public void close() {
        if (over) {
            return;
        }
        over = true;
        caller.close();
        called.close();
        shard.remove(this);
        media.bridgeClosed();
    }
}
