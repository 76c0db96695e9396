package io.copperline.sip.jain;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;

/** A TCP port that admits whom it should. */
final class AdmittingServerSocket extends ServerSocket {
    private final Admission admission;

    /** @param address empty: nobody can connect at all */
    AdmittingServerSocket(Optional<InetSocketAddress> address, int backlog, Admission admission) throws IOException {
        this.admission = admission;
        setReuseAddress(true);
        if (address.isPresent()) {
            bind(address.get(), backlog);
        }
    }

    @Override
    public Socket accept() throws IOException {
        return admission.next(this, socket -> implAccept(socket));
    }
}
