package io.copperline.gateway.media;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/** A socket that keeps what is written to it. */
record KeptDoor(List<byte[]> kept) implements Door {
    @Override
    public int port() {
        return 20_000;
    }

    @Override
    public void write(byte[] buf, int off, int len, InetSocketAddress where) {
        kept.add(Arrays.copyOfRange(buf, off, off + len));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
