package io.copperline.sip.jain;

import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;

/** What a connection brings, behind its gate. */
final class GatedInput extends InputStream {
    private static final int CHUNK_BYTES = 4096;

    private final InputStream in;
    private final StreamGate gate;
    private final InstantSource clock;
    private final byte[] chunk = new byte[CHUNK_BYTES];

    GatedInput(InputStream in, StreamGate gate, InstantSource clock) {
        this.in = in;
        this.gate = gate;
        this.clock = clock;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int off, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            int taken = gate.take(bytes, off, length);
            if (taken > 0) {
                return taken;
            }
            int read = in.read(chunk, 0, chunk.length);
            if (read < 0) {
                gate.onEnd();
                return -1;
            }
            if (!gate.onBytes(chunk, read, clock.millis())) {
                throw new IOException("the connection is no longer heard");
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
