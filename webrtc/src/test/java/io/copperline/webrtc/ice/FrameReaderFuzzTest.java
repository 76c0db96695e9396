package io.copperline.webrtc.ice;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Any stream is safe, and is cut in the same way however it was segmented: the first byte says how. */
class FrameReaderFuzzTest {
    @FuzzTest
    void anyStream(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        byte[] stream = Arrays.copyOfRange(bytes, 1, bytes.length);
        List<String> whole = new ArrayList<>();
        boolean wholeIsRight = read(stream, stream.length, whole);
        List<String> parts = new ArrayList<>();
        boolean partsAreRight = read(stream, 1 + (bytes[0] & 0xff), parts);
        if (wholeIsRight != partsAreRight || !whole.equals(parts)) {
            throw new IllegalStateException("cut into " + whole + " and " + parts);
        }
    }

    private static boolean read(byte[] stream, int segmentBytes, List<String> packets) {
        FrameReader reader = new FrameReader();
        for (int at = 0; at < stream.length; at += segmentBytes) {
            byte[] segment = Arrays.copyOfRange(stream, at, Math.min(stream.length, at + segmentBytes));
            if (!reader.onBytes(segment, 0, segment.length, (buf, off, len) -> packets.add(text(buf, off, len)))) {
                return false;
            }
        }
        return true;
    }

    private static String text(byte[] buf, int off, int len) {
        if (len == 0 || len > FrameReader.MAX_PACKET_BYTES || off + len > buf.length) {
            throw new IllegalStateException("a packet of " + len);
        }
        return Arrays.toString(Arrays.copyOfRange(buf, off, off + len));
    }
}
