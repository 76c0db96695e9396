package io.copperline.gateway.media;

import java.net.InetSocketAddress;

/** Who owns a trunk leg's audio: takes what its sockets receive, and what its stream makes of it. On its shard. */
interface TrunkEnd extends TrunkStream.Sink {
    /** A datagram on the RTP port; the bytes are the door's own and are read during the call only. */
    void onTrunkRtp(TrunkSockets at, byte[] buf, int off, int len, InetSocketAddress from);

    /** A datagram on the RTCP port, likewise. */
    void onTrunkRtcp(TrunkSockets at, byte[] buf, int off, int len, InetSocketAddress from);
}
