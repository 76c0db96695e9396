package io.copperline.webrtc;

import io.copperline.webrtc.dtls.DtlsTransport;
import io.copperline.webrtc.ice.TransportAddress;
import java.util.ArrayDeque;
import java.util.Arrays;

/** A ClientHello that overtakes the first check is kept for a moment, a few datagrams at most, and lost to nobody. */
final class EarlyDatagrams {
    private static final int MAX_KEPT = 4;

    private record Kept(byte[] bytes, TransportAddress from) {}

    private final ArrayDeque<Kept> kept = new ArrayDeque<>(MAX_KEPT);

    void keep(byte[] buf, int off, int len, TransportAddress from) {
        if (kept.size() == MAX_KEPT) {
            kept.removeFirst();
        }
        kept.add(new Kept(Arrays.copyOfRange(buf, off, off + len), from));
    }

    void release(TransportAddress from, DtlsTransport dtls) {
        for (Kept datagram : kept) {
            if (datagram.from().equals(from)) {
                dtls.onDatagram(datagram.bytes(), 0, datagram.bytes().length);
            }
        }
        kept.removeIf(datagram -> datagram.from().equals(from));
    }
}
