package io.copperline.gateway.media;

import java.net.InetSocketAddress;

/** A UDP socket, as what sends through it sees it. */
interface Door {
    int port();

    /** Queues a datagram; {@link #flush} sends all that are queued. The bytes are the caller's again at once. */
    void write(byte[] buf, int off, int len, InetSocketAddress to);

    void flush();

    void close();
}
