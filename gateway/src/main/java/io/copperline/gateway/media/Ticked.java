package io.copperline.gateway.media;

/** Something that a shard calls every 20 ms. */
public interface Ticked {
    void onTick(long nowNanos);

    /** A bug came up in its tick, which was its last: it must end what it belongs to. */
    void onBug();
}
