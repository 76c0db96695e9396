package io.copperline.gateway.media;

import java.net.InetSocketAddress;

/** What a door does with a datagram it has read; the bytes are the sink's until it returns. */
@FunctionalInterface
interface DatagramSink {
    void onDatagram(byte[] buf, int off, int len, InetSocketAddress from);
}
