package io.copperline.sip.jain;

import io.copperline.sip.SipTransport;
import io.copperline.sip.wire.PingListener;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** A TCP connection that we have opened; with TLS, what is below it. It knows whether it lives, and tells its end. */
final class Outgoing extends Socket {
    /** RFC 5626 section 4.4.1: a ping is two empty lines, the pong is one. */
    private static final byte[] PING = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Connections connections;
    private final SipTransport transport;
    private final Admission.Terms terms;
    private final AtomicReference<PingListener> asked = new AtomicReference<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile InetSocketAddress peer;
    private volatile Socket top = this;
    private volatile long heardAtMillis;
    private StreamGate gate;
    private InputStream in;

    Outgoing(Connections connections, SipTransport transport, Admission.Terms terms) {
        this.connections = connections;
        this.transport = transport;
        this.terms = terms;
    }

    /** It is connected. */
    void opened(InetSocketAddress where) {
        peer = where;
        heardAtMillis = terms.clock().millis();
        gate = new StreamGate(where.getAddress(), terms.rates(), terms.drops(), heardAtMillis);
        connections.opened(this);
    }

    /** The connection with TLS on it: what is written goes through that from now on, and what comes through the gate after it. */
    SSLSocket below(SSLSocket secure) throws IOException {
        top = secure;
        InputStream alert = new FilterInputStream(secure.getInputStream()) {
            @Override
            public int read(byte[] bytes, int off, int length) throws IOException {
                try {
                    return super.read(bytes, off, length);
                } catch (SSLException e) {
                    connections.refused(Outgoing.this, e);
                    throw e;
                }
            }
        };
        return new GatedTlsSocket(secure, new GatedInput(alert, gate, terms.clock()), _ -> {});
    }

    InetSocketAddress peer() {
        return peer;
    }

    SipTransport transport() {
        return transport;
    }

    /** Sends a ping. Blocks for as long as the peer takes nothing. */
    void ping(PingListener listener) throws IOException {
        OutputStream out = top.getOutputStream();
        asked.set(listener);
        synchronized (out) { // as the stack does, so that a ping never stands within a message
            out.write(PING);
            out.flush();
        }
    }

    /** Whether nothing has come for so long. */
    boolean silentFor(Duration time) {
        return terms.clock().millis() - heardAtMillis >= time.toMillis();
    }

    /** Ends it, and tells so. */
    void end() throws IOException {
        top.close();
    }

    /** Ends it with TLS's goodbye, and tells nobody. */
    void drop() throws IOException {
        ended.set(true);
        connections.forget(this);
        top.close();
    }

    // Whatever comes after a ping shows that the peer lives, be it the pong or a message; below TLS they look alike.
    private void heard() {
        heardAtMillis = terms.clock().millis();
        PingListener listener = asked.getAndSet(null);
        if (listener != null) {
            listener.onPong(Optional.empty());
        }
    }

    @Override
    public synchronized InputStream getInputStream() throws IOException {
        if (in == null) {
            InputStream plain = new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    int read = super.read();
                    if (read >= 0) {
                        heard();
                    }
                    return read;
                }

                @Override
                public int read(byte[] bytes, int off, int len) throws IOException {
                    int read = super.read(bytes, off, len);
                    if (read > 0) {
                        heard();
                    }
                    return read;
                }
            };
            in = transport == SipTransport.TLS ? plain : new GatedInput(plain, gate, terms.clock());
        }
        return in;
    }

    @Override
    public void close() throws IOException {
        super.close();
        if (peer != null && ended.compareAndSet(false, true)) {
            // Where a write finds it dead, whoever writes opens another one: that is no news.
            boolean reopened = Sending.now().isPresent();
            connections.ended(this, !reopened);
        }
    }
}
