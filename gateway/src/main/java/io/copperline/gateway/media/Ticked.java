package io.copperline.gateway.media;

/** Something that a shard calls every 20 ms. */
public interface Ticked {
    void onTick(long nowNanos);
}
