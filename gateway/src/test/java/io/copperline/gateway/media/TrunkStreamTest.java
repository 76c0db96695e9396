package io.copperline.gateway.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrunkStreamTest {
    private static final InetSocketAddress CARRIER = new InetSocketAddress("203.0.113.7", 30_000);
    /** An empty receiver report (RFC 3550 section 6.4.2). */
    private static final byte[] REPORT = HexFormat.of().parseHex("80c900010000004d");

    private final Drops<TrunkDrop> drops = new Drops<>(TrunkDrop.class);
    private final Door door = new KeptDoor(new ArrayList<>());
    private final TrunkStream stream = new TrunkStream(door, door, true, drops, new Deaf(), new Random(1), 0, 0);

    @Test
    void aReportIsASignOfLifeForAWhile() {
        stream.agreed(new TrunkAudio().at(CARRIER, CARRIER).agreed());
        Duration limit = Duration.ofMinutes(1);
        long minute = limit.toNanos();
        assertFalse(stream.forgotten(limit, minute, minute));
        assertTrue(stream.forgotten(limit, minute + 1, minute + 1));
        assertFalse(stream.forgotten(Duration.ZERO, minute + 1, minute + 1), "who never forgets");
        InetSocketAddress stranger = new InetSocketAddress("203.0.113.8", 30_001);
        stream.onRtcp(REPORT.clone(), 0, REPORT.length, stranger, 1);
        assertTrue(stream.forgotten(limit, minute + 1, minute + 1), "a report of somebody else");
        stream.onRtcp(REPORT.clone(), 0, REPORT.length, CARRIER, 5);
        assertFalse(stream.forgotten(limit, minute + 1, 5 + minute));
        assertTrue(stream.forgotten(limit, minute + 1, 6 + minute));
        assertEquals(1, drops.total(TrunkDrop.FOREIGN_SOURCE), "the stranger's");
    }
}
