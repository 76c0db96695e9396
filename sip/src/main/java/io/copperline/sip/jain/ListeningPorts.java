package io.copperline.sip.jain;

import io.copperline.sip.SipStartException;
import io.copperline.sip.SipTransport;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.ObjectInUseException;
import javax.sip.SipProvider;
import javax.sip.TransportAlreadySupportedException;
import javax.sip.TransportNotSupportedException;

/**
 * Opens the stack's ports. JAIN-SIP takes no port 0 and is left half open by a port that is in use, so each port is tried
 * before the stack gets it.
 */
final class ListeningPorts {
    private static final int TRIES = 20;

    private final GuardedStack stack;
    private final Opening opening;
    private final InetAddress bind;
    private final Map<SipTransport, ListeningPoint> points = new EnumMap<>(SipTransport.class);

    ListeningPorts(GuardedStack stack, Opening opening) throws SipStartException {
        this.stack = stack;
        this.opening = opening;
        try {
            bind = InetAddress.getByName(opening.bind());
        } catch (UnknownHostException e) {
            throw new SipStartException(
                    "No such address to bind SIP to: " + opening.bind() + ". Use an address of this machine.", e);
        }
    }

    /** Opens them all, on one provider. */
    SipProvider open() throws SipStartException {
        try {
            Optional<SipProvider> provider = Optional.empty();
            for (Map.Entry<SipTransport, Integer> one : opening.ports().entrySet()) {
                ListeningPoint point = listen(one.getKey(), one.getValue());
                if (provider.isPresent()) {
                    provider.get().addListeningPoint(point);
                } else {
                    provider = Optional.of(stack.createSipProvider(point));
                }
            }
            return provider.orElseThrow();
        } catch (ObjectInUseException | TransportAlreadySupportedException e) {
            throw new SipStartException("The SIP stack would not start: " + e.getMessage(), e);
        }
    }

    Map<SipTransport, Integer> ports() {
        Map<SipTransport, Integer> ports = new EnumMap<>(SipTransport.class);
        points.forEach((transport, point) -> ports.put(transport, point.getPort()));
        return ports;
    }

    private ListeningPoint listen(SipTransport transport, int wanted) throws SipStartException {
        boolean anyPort = wanted <= 0;
        for (int tries = anyPort ? TRIES : 1; ; tries--) {
            int port = anyPort ? 0 : wanted;
            try {
                port = probe(transport, port);
                ListeningPoint point = stack.createListeningPoint(bind.getHostAddress(), port, transport.wireName());
                points.put(transport, point);
                return point;
            } catch (IOException | InvalidArgumentException | TransportNotSupportedException e) {
                if (tries <= 1) {
                    throw new SipStartException(
                            "Cannot open SIP over " + transport + " on " + bind.getHostAddress() + " port " + port
                                    + ": " + e.getMessage()
                                    + ". Stop what uses the port, or choose another port or address.",
                            e);
                }
            }
        }
    }

    private int probe(SipTransport transport, int port) throws IOException {
        if (opening.deaf().contains(transport)) {
            return port; // nothing is bound
        }
        InetSocketAddress address = new InetSocketAddress(bind, port);
        if (transport == SipTransport.UDP) {
            try (DatagramSocket socket = new DatagramSocket(null)) {
                socket.setReuseAddress(opening.narrow());
                socket.bind(address);
                return socket.getLocalPort();
            }
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            return socket.getLocalPort();
        }
    }
}
