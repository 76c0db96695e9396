package io.copperline.webrtc.sctp;

import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Bundles chunks into packets, in one buffer. Owned by its association; a chunk is opened with its length and filled by its
 * writer before the next is opened.
 */
final class Outbox {
    private final byte[] packet;
    private final byte[] zero = new byte[4];
    private final CRC32C crc = new CRC32C();
    private final int localPort;
    private int remotePort;
    private int tag;
    private int end = ChunkType.PACKET_HEADER_BYTES;
    private boolean hasData;
    private AssociationSink sink;
    private long packets;

    Outbox(SctpSettings settings) {
        packet = new byte[settings.maxPacketBytes()];
        localPort = settings.localPort();
    }

    void remotePort(int port) {
        remotePort = port;
    }

    /** The peer's tag, for the packets to come. */
    void tag(int verificationTag) {
        flush();
        tag = verificationTag;
    }

    /** Where packets go during the call that begins. */
    void begin(AssociationSink to) {
        sink = to;
    }

    byte[] buf() {
        return packet;
    }

    /** Bytes of body that one more chunk may have in the packet under way. */
    int room() {
        return Math.max(0, (packet.length - end - ChunkType.HEADER_BYTES) & ~3);
    }

    /** The same in a packet of its own. */
    int wholeRoom() {
        return packet.length - ChunkType.PACKET_HEADER_BYTES - ChunkType.HEADER_BYTES & ~3;
    }

    /** Begins a chunk, in another packet where it has no place in this one; returns where its body goes. */
    int open(int type, int flags, int bodyBytes) {
        // RFC 9260 section 6.10: what is not data goes before it. usrsctp aborts where it does not.
        boolean late = type != ChunkType.DATA && hasData;
        if (late || bodyBytes > room()) {
            flush();
        }
        hasData |= type == ChunkType.DATA;
        int bytes = ChunkType.HEADER_BYTES + bodyBytes;
        int at = end;
        packet[at] = (byte) type;
        packet[at + 1] = (byte) flags;
        Wire.put16(packet, at + 2, bytes);
        end = at + Wire.padded(bytes);
        Arrays.fill(packet, at + bytes, end, (byte) 0);
        return at + ChunkType.HEADER_BYTES;
    }

    /** A chunk without a body. */
    void add(int type, int flags) {
        open(type, flags, 0);
    }

    /** Sends what there is. */
    void flush() {
        if (end == ChunkType.PACKET_HEADER_BYTES) {
            return;
        }
        Wire.put16(packet, 0, localPort);
        Wire.put16(packet, 2, remotePort);
        Wire.put32(packet, 4, tag);
        Wire.put32(packet, 8, Integer.reverseBytes(PacketReader.checksum(crc, packet, 0, end, zero)));
        int len = end;
        discard();
        packets++;
        sink.transmit(packet, 0, len);
    }

    /** Forgets what was not yet sent. */
    void discard() {
        end = ChunkType.PACKET_HEADER_BYTES;
        hasData = false;
    }

    long packets() {
        return packets;
    }
}
