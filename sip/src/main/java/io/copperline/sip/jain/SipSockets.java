package io.copperline.sip.jain;

import gov.nist.core.net.NetworkLayer;
import gov.nist.javax.sip.SipStackImpl;
import io.copperline.sip.SipTransport;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * Where the stack's sockets come from. Connects are bounded, and a TLS peer must show a certificate for the host that we meant:
 * JAIN-SIP checks no name anywhere, and after its own policy hook says no it still reports the message as sent.
 */
final class SipSockets implements NetworkLayer {
    private static final int CONNECT_MILLIS = 4000;

    private final Opening opening;
    private final Optional<TlsIdentity> tls;
    private final Admission.Terms terms;
    private final DatagramGate gate;
    private final Connections connections;
    private volatile SipDatagrams datagrams;

    /**
     * @param terms who may connect
     * @param gate for datagrams
     * @param ended hears of the end of connections that we have opened
     */
    SipSockets(
            Opening opening,
            Optional<TlsIdentity> tls,
            Admission.Terms terms,
            DatagramGate gate,
            Connections.Listener ended) {
        this.opening = opening;
        this.gate = gate;
        this.tls = tls;
        this.terms = terms;
        this.connections = new Connections(ended, terms.clock());
    }

    /** The connections that we have opened. */
    Connections connections() {
        return connections;
    }

    /** The UDP port, once it is open. */
    Optional<SipDatagrams> datagrams() {
        return Optional.ofNullable(datagrams);
    }

    @Override
    public SSLSocket createSSLSocket(InetAddress address, int port, InetAddress local) throws IOException {
        Outgoing plain = connect(address, port, local, SipTransport.TLS);
        String name = Sending.now().map(Sending::certificateName).orElseGet(address::getHostAddress);
        try {
            SSLSocket socket = (SSLSocket)
                    identity().context().getSocketFactory().createSocket(plain, name, port, /* autoClose= */ true);
            SSLParameters parameters = socket.getSSLParameters();
            // RFC 5922 section 7.2 with RFC 2818's wildcards, which carriers use although RFC 5922 would rather not.
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setApplicationProtocols(identity().protocols());
            socket.setSSLParameters(parameters);
            return plain.below(socket);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    @Override
    public SSLSocket createSSLSocket(InetAddress address, int port) throws IOException {
        return createSSLSocket(address, port, null);
    }

    @Override
    public SSLServerSocket createSSLServerSocket(int port, int backlog, InetAddress local) throws IOException {
        Admission admission = new Admission(SipTransport.TLS, terms);
        return new AdmittingTlsServerSocket(
                place(SipTransport.TLS, local, port), backlog, admission, identity(), terms.drops());
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress local) throws IOException {
        Admission admission = new Admission(SipTransport.TCP, terms);
        return new AdmittingServerSocket(place(SipTransport.TCP, local, port), backlog, admission);
    }

    private Optional<InetSocketAddress> place(SipTransport transport, InetAddress local, int port) {
        return opening.deaf().contains(transport) ? Optional.empty() : Optional.of(new InetSocketAddress(local, port));
    }

    @Override
    public Socket createSocket(InetAddress address, int port) throws IOException {
        return createSocket(address, port, null);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress local) throws IOException {
        return connect(address, port, local, SipTransport.TCP);
    }

    private Outgoing connect(InetAddress address, int port, InetAddress local, SipTransport transport)
            throws IOException {
        Outgoing socket = new Outgoing(connections, transport, terms);
        try {
            if (local != null) {
                socket.bind(new InetSocketAddress(local, 0));
            }
            socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.opened(new InetSocketAddress(address, port));
            return socket;
        } catch (IOException e) {
            socket.close();
            Sending.now().ifPresent(sending -> sending.failed(e));
            throw new SocketException(e.getMessage()); // the only kind that the stack cleans up after
        }
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(address, port, local);
    }

    @Override
    public DatagramSocket createDatagramSocket() throws SocketException {
        return new DatagramSocket();
    }

    @Override
    public DatagramSocket createDatagramSocket(int port, InetAddress local) throws SocketException {
        SipDatagrams socket = new SipDatagrams(terms.known(), gate, terms.drops());
        try {
            socket.setReuseAddress(opening.shared());
            socket.bind(new InetSocketAddress(local, port));
        } catch (SocketException e) {
            socket.close();
            throw e;
        }
        datagrams = socket;
        return socket;
    }

    @Override
    public void setSipStack(SipStackImpl stack) {}

    private TlsIdentity identity() throws IOException {
        return tls.orElseThrow(() -> new IOException("TLS is off"));
    }
}
