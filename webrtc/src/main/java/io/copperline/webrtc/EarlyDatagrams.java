package io.copperline.webrtc;

import io.copperline.webrtc.dtls.DtlsTransport;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;

/** A ClientHello that overtakes the first check is kept for a moment, a few datagrams at most, and lost to nobody. */
final class EarlyDatagrams {
    private static final int MAX_KEPT = 4;

    private record Kept(byte[] bytes, InetSocketAddress from) {}

    private final ArrayDeque<Kept> kept = new ArrayDeque<>(MAX_KEPT);

    void keep(byte[] buf, int off, int len, InetSocketAddress from) {
        if (kept.size() == MAX_KEPT) {
            kept.removeFirst();
        }
        kept.add(new Kept(Arrays.copyOfRange(buf, off, off + len), from));
    }

    void release(InetSocketAddress from, DtlsTransport dtls) {
        for (Kept datagram : kept) {
            if (datagram.from().equals(from)) {
                dtls.onDatagram(datagram.bytes(), 0, datagram.bytes().length);
            }
        }
        kept.removeIf(datagram -> datagram.from().equals(from));
    }
}
