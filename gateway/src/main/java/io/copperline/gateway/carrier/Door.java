package io.copperline.gateway.carrier;

import io.copperline.sip.SipTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;

/** Where messages come in and go out. */
interface Door extends AutoCloseable {
    /** What hears of them; it is called from the door's own threads. */
    interface Messages {
        void message(byte[] message, Reply reply);
    }

    /**
     * A door at this address; nothing is read before {@link #listen}.
     *
     * @param tls the certificate, needed for TLS
     */
    static Door open(SipTransport transport, InetSocketAddress at, Optional<SSLContext> tls) throws IOException {
        return switch (transport) {
            case UDP -> new UdpDoor(at);
            case TCP -> new StreamDoor(new ServerSocket(), SocketFactory.getDefault(), at);
            case TLS ->
                new StreamDoor(
                        tls.orElseThrow().getServerSocketFactory().createServerSocket(),
                        tls.orElseThrow().getSocketFactory(),
                        at);
        };
    }

    int port();

    void listen(Messages messages);

    /**
     * The way to a peer, after {@link #listen}.
     *
     * @param refused called where the peer takes no connection, on a thread of the door's
     */
    Reply way(InetSocketAddress peer, Runnable refused);

    @Override
    void close();
}
