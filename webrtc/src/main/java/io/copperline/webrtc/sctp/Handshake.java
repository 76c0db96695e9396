package io.copperline.webrtc.sctp;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The four-way handshake (RFC 9260 section 5), on both ends at once as WebRTC has it: each sends INIT, each answers the
 * other's, and the cookies meet. Knows the tags and TSNs of the association that it makes; the state is its owner's.
 */
final class Handshake {
    /** What a COOKIE ECHO means (section 5.2.4, table 2). */
    enum Echo {
        /** The association stands from now on. */
        ESTABLISH,
        /** It stood already; the COOKIE ACK was lost. */
        REPEATED,
        /** The peer began anew. */
        RESTART,
        REFUSED,
        STALE
    }

    private static final long COOKIE_LIFE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final SctpSettings settings;
    private final RandomGenerator random;
    private final StateCookie.Seal seal;
    private final Deadline t1 = new Deadline();
    private int attempts;
    private int localTag;
    private int localTsn;
    private Optional<InitChunk> peer = Optional.empty();

    Handshake(SctpSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
        seal = new StateCookie.Seal(random);
        localTag = tag();
        localTsn = random.nextInt();
    }

    private int tag() {
        int tag = random.nextInt();
        return tag == 0 ? 1 : tag; // 0 means that there is none.
    }

    int localTag() {
        return localTag;
    }

    int localTsn() {
        return localTsn;
    }

    InitChunk peer() {
        return peer.orElseThrow();
    }

    /** The peer's tag, or 0 before it is known. */
    int peerTag() {
        return peer.map(InitChunk::tag).orElse(0);
    }

    Deadline t1() {
        return t1;
    }

    /** Begins, or goes on with, what T1 repeats. */
    void begin(long nowNanos) {
        attempts = 0;
        t1.arm(nowNanos);
    }

    /** Sends INIT or COOKIE ECHO, first or again; false when that was tried often enough. */
    boolean onTime(AssociationState state, long nowNanos, RetransmissionTimeout timeout, Outbox out) {
        if (!t1.due(nowNanos)) {
            return true;
        }
        if (attempts > settings.maxRetransmissions()) {
            return false;
        }
        if (attempts++ > 0) {
            timeout.backOff();
        }
        t1.arm(nowNanos + timeout.nanos());
        if (state == AssociationState.COOKIE_WAIT) {
            out.tag(0); // Section 8.5.1: alone in its packet, and the tag is 0.
            InitChunk.write(
                    out.buf(),
                    out.open(ChunkType.INIT, 0, InitChunk.FIXED_BYTES + InitChunk.OUR_PARAMETERS_BYTES),
                    localTag,
                    localTsn,
                    settings);
            out.flush();
        } else {
            byte[] cookie = peer().cookie();
            System.arraycopy(cookie, 0, out.buf(), out.open(ChunkType.COOKIE_ECHO, 0, cookie.length), cookie.length);
        }
        return true;
    }

    /**
     * Answers an INIT and keeps nothing of it. While our own INIT is out, the answer has the same tag and TSN, so that both
     * handshakes make one association (section 5.2.1); later, new ones and the old as tie-tags (section 5.2.2).
     */
    SctpDrop onInit(byte[] buf, int off, int len, AssociationState state, long nowNanos, Outbox out) {
        Optional<InitChunk> parsed = InitChunk.parse(buf, off, len);
        if (parsed.isEmpty()) {
            return SctpDrop.MALFORMED;
        }
        InitChunk init = parsed.get();
        boolean fresh = state.connected();
        StateCookie cookie = new StateCookie(
                nowNanos,
                fresh ? tag() : localTag,
                fresh ? random.nextInt() : localTsn,
                init.tag(),
                init.initialTsn(),
                init.windowBytes(),
                init.outgoingStreams(),
                init.incomingStreams(),
                init.forwardTsn(),
                init.reconfig(),
                fresh ? localTag : 0,
                fresh ? peerTag() : 0);
        out.tag(init.tag());
        writeInitAck(cookie, init.unrecognized(), out);
        out.tag(peerTag());
        return SctpDrop.TAKEN;
    }

    private void writeInitAck(StateCookie cookie, byte[] unrecognized, Outbox out) {
        int cookieAt = InitChunk.FIXED_BYTES + InitChunk.OUR_PARAMETERS_BYTES;
        int bytes = cookieAt + 4 + StateCookie.BYTES + unrecognized.length;
        int at = out.open(ChunkType.INIT_ACK, 0, bytes);
        byte[] buf = out.buf();
        InitChunk.write(buf, at, cookie.localTag(), cookie.localTsn(), settings);
        Wire.put16(buf, at + cookieAt, ChunkType.STATE_COOKIE);
        Wire.put16(buf, at + cookieAt + 2, 4 + StateCookie.BYTES);
        seal.write(cookie, buf, at + cookieAt + 4);
        System.arraycopy(unrecognized, 0, buf, at + cookieAt + 4 + StateCookie.BYTES, unrecognized.length);
    }

    /** The answer to our INIT; what follows is a COOKIE ECHO, at once. */
    SctpDrop onInitAck(byte[] buf, int off, int len, long nowNanos, Outbox out) {
        Optional<InitChunk> parsed = InitChunk.parse(buf, off, len);
        int cookieBytes = parsed.map(ack -> ack.cookie().length).orElse(0);
        if (cookieBytes == 0 || cookieBytes > out.wholeRoom()) {
            return SctpDrop.MALFORMED;
        }
        peer = parsed;
        out.tag(peerTag());
        begin(nowNanos);
        return SctpDrop.TAKEN;
    }

    /** Our INIT is to be sent again: the peer found our cookie too old. */
    void forgetPeer(long nowNanos) {
        peer = Optional.empty();
        begin(nowNanos);
    }

    /** What a COOKIE ECHO means; where it makes an association, the tags and TSNs here are that one's. */
    Echo onCookieEcho(byte[] buf, int off, int len, int packetTag, AssociationState state, long nowNanos) {
        Optional<StateCookie> read = seal.read(buf, off, len);
        if (read.isEmpty() || read.get().localTag() != packetTag) {
            return Echo.REFUSED;
        }
        StateCookie cookie = read.get();
        boolean localMatches = cookie.localTag() == localTag;
        boolean peerMatches = cookie.peerTag() == peerTag();
        if (localMatches && peerMatches && state.connected()) {
            return Echo.REPEATED; // D
        }
        if (nowNanos - cookie.createdNanos() > COOKIE_LIFE_NANOS) {
            return Echo.STALE;
        }
        if (localMatches && !state.connected()) {
            adopt(cookie); // B and D
            return Echo.ESTABLISH;
        }
        boolean tied = cookie.localTieTag() == localTag && cookie.peerTieTag() == peerTag() && peerTag() != 0;
        if (!localMatches && !peerMatches && tied && state.connected()) {
            adopt(cookie); // A
            return Echo.RESTART;
        }
        return Echo.REFUSED; // C, and what fits no row
    }

    private void adopt(StateCookie cookie) {
        localTag = cookie.localTag();
        localTsn = cookie.localTsn();
        peer = Optional.of(cookie.peer());
        t1.disarm();
    }
}
