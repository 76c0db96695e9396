package io.copperline.webrtc.sctp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Packets made by hand, as if the right peer had sent them to the left one. */
final class Forged {
    private final Peers peers;
    /** What packets to the left peer carry. */
    final int leftTag;
    /** The first TSN that the right one has not used, where it has not yet sent. */
    final int rightTsn;

    final int rightTag;
    final int leftTsn;

    private Forged(Peers peers) {
        this.peers = peers;
        byte[] leftInit = peers.left.packets.getFirst();
        byte[] rightInit = peers.right.packets.getFirst();
        leftTag = Wire.i32(leftInit, 16);
        leftTsn = Wire.i32(leftInit, 28);
        rightTag = Wire.i32(rightInit, 16);
        rightTsn = Wire.i32(rightInit, 28);
    }

    /** Connects both, then lets nothing pass between them any more. */
    static Forged connect(Peers peers) {
        peers.left.keepsPackets = true;
        peers.right.keepsPackets = true;
        peers.connect();
        peers.path.run(300);
        Forged forged = new Forged(peers);
        peers.left.packets.clear();
        peers.right.packets.clear();
        peers.path.passes = packet -> false;
        return forged;
    }

    SctpDrop toLeft(byte[]... chunks) {
        byte[] packet = packet(leftTag, chunks);
        return peers.left.association.onPacket(packet, 0, packet.length, peers.path.nowNanos, peers.left);
    }

    /** A packet with a right checksum. */
    static byte[] packet(int tag, byte[]... chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(12)
                .putShort((short) 5_000)
                .putShort((short) 5_000)
                .putInt(tag)
                .array());
        for (byte[] chunk : chunks) {
            out.writeBytes(chunk);
            out.writeBytes(new byte[Wire.padded(chunk.length) - chunk.length]);
        }
        return sealed(out.toByteArray());
    }

    static byte[] sealed(byte[] packet) {
        int sum = PacketReader.checksum(new CRC32C(), packet, 0, packet.length, new byte[4]);
        Wire.put32(packet, 8, Integer.reverseBytes(sum));
        return packet;
    }

    static byte[] chunk(int type, int flags, byte... body) {
        return ByteBuffer.allocate(4 + body.length)
                .put((byte) type)
                .put((byte) flags)
                .putShort((short) (4 + body.length))
                .put(body)
                .array();
    }

    static byte[] data(int tsn, int flags, int stream, int ssn, byte... bytes) {
        return chunk(
                ChunkType.DATA,
                flags,
                ByteBuffer.allocate(12 + bytes.length)
                        .putInt(tsn)
                        .putShort((short) stream)
                        .putShort((short) ssn)
                        .putInt(53)
                        .put(bytes)
                        .array());
    }

    static byte[] whole(int tsn, int stream, int ssn, String text) {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        return data(tsn, ChunkType.BEGIN | ChunkType.END, stream, ssn, bytes);
    }

    /** @param gaps pairs of first and last, from the cumulative TSN */
    static byte[] sack(int cumulative, int window, int... gaps) {
        ByteBuffer body = ByteBuffer.allocate(12 + 2 * gaps.length)
                .putInt(cumulative)
                .putInt(window)
                .putShort((short) (gaps.length / 2))
                .putShort((short) 0);
        for (int gap : gaps) {
            body.putShort((short) gap);
        }
        return chunk(ChunkType.SACK, 0, body.array());
    }

    /** The first chunk of this type that the left peer sent, as its body; fails where there is none. */
    byte[] sentByLeft(int type) {
        return find(peers.left.packets, type).orElseThrow(() -> new AssertionError("no chunk of type " + type));
    }

    boolean leftSent(int type) {
        return find(peers.left.packets, type).isPresent();
    }

    static java.util.Optional<byte[]> find(java.util.List<byte[]> packets, int type) {
        PacketReader reader = new PacketReader();
        for (byte[] packet : packets) {
            reader.begin(packet, 0, packet.length);
            while (reader.next()) {
                if (reader.type() == type) {
                    return java.util.Optional.of(java.util.Arrays.copyOfRange(
                            packet, reader.bodyOff(), reader.bodyOff() + reader.bodyBytes()));
                }
            }
        }
        return java.util.Optional.empty();
    }

    static int count(java.util.List<byte[]> packets, int type) {
        PacketReader reader = new PacketReader();
        int count = 0;
        for (byte[] packet : packets) {
            reader.begin(packet, 0, packet.length);
            while (reader.next()) {
                count += reader.type() == type ? 1 : 0;
            }
        }
        return count;
    }
}
