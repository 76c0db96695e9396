package io.copperline.sip.stir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocketFactory;

/** Looks once more at whom a connection has reached before a byte is said on it. */
final class PublicSocketFactory extends SSLSocketFactory {
    private final SSLSocketFactory factory;
    private final Predicate<InetAddress> allowed;

    PublicSocketFactory(SSLSocketFactory factory, Predicate<InetAddress> allowed) {
        this.factory = factory;
        this.allowed = allowed;
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
        if (!allowed.test(plain.getInetAddress())) {
            plain.close();
            throw new IOException("an address inside");
        }
        return factory.createSocket(plain, host, port, autoClose);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return factory.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return factory.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new IOException("over a connected socket alone");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket("", port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket("", port);
    }
}
