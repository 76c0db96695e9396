package io.copperline.webrtc.ice;

import java.util.Optional;

/** One side's ICE machine. Owned by its peer's thread. */
public sealed interface IceAgent permits LiteAgent, FullAgent {
    /** Whether it nominates: who offers does, as long as nobody contradicts (RFC 8445 section 6.1.1). */
    void controlling(boolean is);

    /** The other side's credentials, known when its description is. */
    void remote(IceCredentials credentials, boolean remoteIsLite);

    /** A candidate of the other side. */
    void addRemoteCandidate(IceCandidate candidate);

    /** Takes a STUN message from this address; what is not authentic changes nothing and is not answered. */
    IceDrop onDatagram(byte[] buf, int off, int len, TransportAddress from, long nowNanos, IceSink sink);

    /** A TCP connection is gone, and the other side's address with it. */
    void onClosed(TransportAddress remote);

    /** Does what is due. */
    void onTime(long nowNanos, IceSink sink);

    /** When {@link #onTime} has something to do next, which may be past; {@code latestNanos} where that is earlier. */
    long nextDeadline(long latestNanos);

    /** Whether an authenticated check came from this address, or an answer to one of ours. */
    boolean validated(TransportAddress remote);

    /** Where media goes; empty until a pair is nominated. */
    Optional<TransportAddress> selectedRemote();

    /** When the other side last proved that it wants our packets. */
    long lastConsentNanos();
}
