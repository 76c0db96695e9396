package io.copperline.webrtc.sctp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

/**
 * Any bytes are safe, as a packet and as the chunks of one that is authentic. The input is a row of chunks or packets, each
 * with its length before it.
 */
class AssociationFuzzTest {
    @FuzzTest
    void anyPacket(byte[] bytes) {
        Peers peers = new Peers(1, LossyPath.Weather.FAIR);
        peers.left.association.start(5_000, peers.path.nowNanos);
        peers.left.onTime(peers.path.nowNanos);
        byte[] packet = bytes.length < 12 ? bytes : Forged.sealed(bytes.clone());
        peers.left.association.onPacket(packet, 0, packet.length, peers.path.nowNanos, peers.left);
        check(peers);
    }

    @FuzzTest
    void anyChunksOfAConnectedPeer(byte[] bytes) {
        Peers peers =
                new Peers(1, LossyPath.Weather.FAIR, Peers.settings(20_000, 40_000, 40_000, 64), SctpSettings.DEFAULT);
        Forged forged = Forged.connect(peers);
        for (int i = 0; i < 10; i++) {
            peers.left.association.send(i % 2, 53, new byte[i * 500 + 1], Delivery.retransmissions(i % 3 == 0, i));
        }
        peers.left.association.resetStream(5);
        peers.left.onTime(peers.path.nowNanos);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.remaining() > 2 && peers.left.association.state() != AssociationState.CLOSED) {
            byte[] chunk = new byte[Math.min(in.getShort() & 0x7ff, in.remaining())];
            in.get(chunk);
            forged.toLeft(relative(chunk, forged));
            peers.path.run(50);
        }
        peers.path.run(20_000);
        check(peers);
    }

    /** TSNs in the input count from those of the association, or nothing would ever be near them. */
    private static byte[] relative(byte[] chunk, Forged forged) {
        if (chunk.length >= 8) {
            int type = chunk[0] & 0xff;
            boolean ours = type == ChunkType.SACK || type == ChunkType.SHUTDOWN;
            boolean theirs = type == ChunkType.DATA || type == ChunkType.FORWARD_TSN;
            Wire.put32(chunk, 4, Wire.i32(chunk, 4) + (ours ? forged.leftTsn : theirs ? forged.rightTsn : 0));
        }
        return chunk;
    }

    private static void check(Peers peers) {
        long closed =
                peers.left.events.stream().filter(e -> e.startsWith("closed")).count();
        boolean over = peers.left.association.state() == AssociationState.CLOSED;
        if (closed > 1 || over != (closed == 1)) {
            throw new IllegalStateException("told " + closed + " times that it closed: " + peers.left.events);
        }
    }
}
