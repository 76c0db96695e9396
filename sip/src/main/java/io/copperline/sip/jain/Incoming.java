package io.copperline.sip.jain;

import io.copperline.sip.Drop;
import io.copperline.sip.Drops;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.InstantSource;

/**
 * A TCP connection that has come in; with TLS, what is below it. It ends by itself where it takes too long, and counts itself out
 * when it is closed.
 */
final class Incoming extends Socket {
    private static final int HANDSHAKE_MILLIS = 5_000;

    private final InstantSource clock;
    private final Drops drops;
    private StreamGate gate;
    private Runnable ended = () -> {};
    private boolean secure;
    private volatile boolean handshaken;
    private InputStream in;

    Incoming(InstantSource clock, Drops drops) {
        this.clock = clock;
        this.drops = drops;
    }

    /**
     * It may stay.
     *
     * @param whenEnded runs once, when it is closed
     */
    synchronized void admit(StreamGate through, Runnable whenEnded) {
        gate = through;
        ended = whenEnded;
    }

    /** What comes in is TLS, and not for the gate; what comes out of that is. */
    synchronized void secure() {
        secure = true;
    }

    /** TLS has shaken hands. */
    void handshaken() {
        handshaken = true;
    }

    /** What TLS has made of it, behind the gate. */
    synchronized InputStream gated(InputStream plain) {
        return new GatedInput(plain, gate, clock);
    }

    @Override
    public synchronized InputStream getInputStream() throws IOException {
        if (in == null) {
            InputStream timed = new Timed(super.getInputStream());
            in = secure ? timed : gated(timed);
        }
        return in;
    }

    @Override
    public void close() throws IOException {
        Runnable once;
        synchronized (this) {
            once = ended;
            ended = () -> {};
        }
        once.run();
        super.close();
    }

    /** Waits no longer than the gate says, and for a handshake's next part not even so long. */
    private final class Timed extends FilterInputStream {
        Timed(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int off, int length) throws IOException {
            long patience = Math.max(1, gate.deadlineMillis() - clock.millis());
            boolean shaking = secure && !handshaken;
            setSoTimeout((int) (shaking ? Math.min(patience, HANDSHAKE_MILLIS) : patience));
            try {
                return super.read(bytes, off, length);
            } catch (SocketTimeoutException e) {
                if (!gate.quiet()) {
                    drops.count(
                            Drop.SILENT, "a connection of " + getInetAddress().getHostAddress());
                }
                Incoming.this.close();
                throw e;
            }
        }
    }
}
