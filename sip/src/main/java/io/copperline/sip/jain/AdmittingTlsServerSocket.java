package io.copperline.sip.jain;

import io.copperline.sip.Drop;
import io.copperline.sip.Drops;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A TLS port that admits whom it should before any handshake, and gives the handshake a few seconds. */
final class AdmittingTlsServerSocket extends SSLServerSocket {
    private final Admission admission;
    private final TlsIdentity identity;
    private final Drops drops;
    private final SSLParameters parameters;

    /**
     * @param address empty: nobody can connect at all
     * @param identity asked for each connection
     * @param drops counts those whose certificate is not good
     */
    AdmittingTlsServerSocket(
            Optional<InetSocketAddress> address, int backlog, Admission admission, TlsIdentity identity, Drops drops)
            throws IOException {
        this.admission = admission;
        this.identity = identity;
        this.drops = drops;
        this.parameters = identity.context().getDefaultSSLParameters();
        setReuseAddress(true);
        if (address.isPresent()) {
            bind(address.get(), backlog);
        }
    }

    @Override
    public Socket accept() throws IOException {
        Incoming below = admission.next(this, socket -> implAccept(socket));
        below.secure();
        SSLSocket socket =
                (SSLSocket) identity.context().getSocketFactory().createSocket(below, null, /* autoClose= */ true);
        parameters.setNeedClientAuth(identity.mutual()); // whatever the stack has set
        socket.setSSLParameters(parameters);
        socket.addHandshakeCompletedListener(_ -> below.handshaken());
        String from = below.getInetAddress().getHostAddress();
        return new GatedTlsSocket(
                socket,
                below.gated(socket.getInputStream()),
                e -> drops.count(Drop.STRANGER, "TLS with " + from + ": " + e.getMessage()));
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return parameters.getCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        parameters.setCipherSuites(suites);
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return identity.context().getSupportedSSLParameters().getCipherSuites();
    }

    @Override
    public String[] getSupportedProtocols() {
        return identity.context().getSupportedSSLParameters().getProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return parameters.getProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        parameters.setProtocols(protocols);
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        parameters.setNeedClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
        return parameters.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        parameters.setWantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
        return parameters.getWantClientAuth();
    }

    @Override
    public void setUseClientMode(boolean client) {
        if (client) {
            throw new IllegalArgumentException("a server");
        }
    }

    @Override
    public boolean getUseClientMode() {
        return false;
    }

    @Override
    public void setEnableSessionCreation(boolean enable) {
        if (!enable) {
            throw new IllegalArgumentException("sessions are made here");
        }
    }

    @Override
    public boolean getEnableSessionCreation() {
        return true;
    }
}
