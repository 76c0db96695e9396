package io.copperline.sip.jain;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A TCP port that admits whom it should. */
final class AdmittingServerSocket extends ServerSocket {
    private final Admission admission;

    AdmittingServerSocket(InetSocketAddress address, int backlog, Admission admission) throws IOException {
        this.admission = admission;
        setReuseAddress(true);
        bind(address, backlog);
    }

    @Override
    public Socket accept() throws IOException {
        return admission.next(this, socket -> implAccept(socket));
    }
}
