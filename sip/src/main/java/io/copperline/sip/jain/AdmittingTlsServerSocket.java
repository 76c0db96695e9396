package io.copperline.sip.jain;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A TLS port that admits whom it should before any handshake, and gives the handshake a few seconds. */
final class AdmittingTlsServerSocket extends SSLServerSocket {
    private final Admission admission;
    private final Supplier<SSLContext> context;
    private final SSLParameters parameters;

    /**
     * @param address empty: nobody can connect at all
     * @param context asked for each connection
     */
    AdmittingTlsServerSocket(
            Optional<InetSocketAddress> address, int backlog, Admission admission, Supplier<SSLContext> context)
            throws IOException {
        this.admission = admission;
        this.context = context;
        this.parameters = context.get().getDefaultSSLParameters();
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
                (SSLSocket) context.get().getSocketFactory().createSocket(below, null, /* autoClose= */ true);
        socket.setSSLParameters(parameters);
        socket.addHandshakeCompletedListener(_ -> below.handshaken());
        return new GatedTlsSocket(socket, below.gated(socket.getInputStream()));
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
        return context.get().getSupportedSSLParameters().getCipherSuites();
    }

    @Override
    public String[] getSupportedProtocols() {
        return context.get().getSupportedSSLParameters().getProtocols();
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
