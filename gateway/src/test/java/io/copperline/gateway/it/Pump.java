package io.copperline.gateway.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Carries bytes from one stream to another, on a thread of its own, as soon as they come. */
final class Pump {
    private static final int CHUNK_BYTES = 65_536;

    private Pump() {}

    /** @param after what closes both ends */
    static void start(InputStream from, OutputStream to, AutoCloseable after) {
        Thread.ofVirtual().name("pump").start(() -> {
            try (after) {
                carry(from, to);
            } catch (Exception e) {
                // One side is closed; the other one follows.
            }
        });
    }

    private static void carry(InputStream from, OutputStream to) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int length = from.read(chunk); length >= 0; length = from.read(chunk)) {
            to.write(chunk, 0, length);
            to.flush();
        }
    }
}
