package io.copperline.gateway.call;

import io.copperline.gateway.media.CallMedia;
import io.copperline.gateway.media.Media;
import io.copperline.gateway.media.MediaListener;
import io.copperline.gateway.media.RelayListener;
import io.copperline.gateway.media.RelayMedia;
import io.copperline.gateway.media.Shard;
import io.copperline.gateway.media.Ticked;
import io.copperline.gateway.record.CallRecord;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A real shard as a call's home. */
record ShardHome(
        Shard shard,
        Media audio,
        TrunkLines trunks,
        Presence presence,
        EventWords words,
        Onwards onwards,
        Forwards forwards,
        Consumer<String> atPick,
        BiConsumer<Call, CallRecord> atEnd)
        implements CallHome {
    @Override
    public void execute(Runnable task) {
        shard.execute(task);
    }

    @Override
    public long nowNanos() {
        return shard.nowNanos();
    }

    @Override
    public Instant wallTime() {
        return shard.wallTime();
    }

    @Override
    public void add(Ticked ticked) {
        shard.add(ticked);
    }

    @Override
    public void remove(Ticked ticked) {
        shard.remove(ticked);
    }

    @Override
    public CallMedia media(MediaListener listener) {
        return audio.bridge(shard, listener);
    }

    @Override
    public RelayMedia relay(RelayListener listener) {
        return audio.relay(shard, listener);
    }

    @Override
    public void picked(String user) {
        atPick.accept(user);
    }

    @Override
    public void ended(Call call, CallRecord record) {
        atEnd.accept(call, record);
    }
}
