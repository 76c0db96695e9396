package io.copperline.gateway.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens pairs of RTP sockets and knows how many are open. Owned by the lab's thread. */
final class RtpPorts {
    private static final int ATTEMPTS = 64;

    private final InetAddress address;
    private final int first;
    private final int pairs;
    private final LabDrops drops;
    private final AtomicInteger sockets = new AtomicInteger();
    private int cursor;

    RtpPorts(LabCarrierSettings settings, LabDrops drops) {
        this.address = settings.rtp();
        this.first = settings.firstRtpPort() + settings.firstRtpPort() % 2; // RTP has the even port
        this.pairs = (settings.lastRtpPort() - first + 1) / 2;
        this.drops = drops;
    }

    InetAddress address() {
        return address;
    }

    /** Sockets that are open now. Safe from any thread. */
    int sockets() {
        return sockets.get();
    }

    /** Two free ports in a row; empty where there are none. */
    Optional<RtpPair> open() {
        int attempts = first == 0 ? ATTEMPTS : pairs;
        for (int i = 0; i < attempts; i++) {
            Optional<RtpPair> pair = pair(first == 0 ? 0 : first + 2 * (cursor++ % pairs));
            if (pair.isPresent()) {
                return pair;
            }
        }
        return Optional.empty();
    }

    private Optional<RtpPair> pair(int wanted) {
        Optional<DatagramChannel> rtp = bind(wanted);
        if (rtp.isEmpty()) {
            return Optional.empty();
        }
        int port = rtp.get().socket().getLocalPort();
        Optional<DatagramChannel> rtcp = port % 2 == 0 ? bind(port + 1) : Optional.empty();
        if (rtcp.isEmpty()) {
            abandon(rtp.get());
            return Optional.empty();
        }
        sockets.addAndGet(2);
        return Optional.of(new RtpPair(rtp.get(), rtcp.get(), port, drops, () -> sockets.addAndGet(-2)));
    }

    private Optional<DatagramChannel> bind(int port) {
        DatagramChannel channel;
        try {
            channel = DatagramChannel.open();
        } catch (IOException e) {
            return Optional.empty();
        }
        try {
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(address, port));
            return Optional.of(channel);
        } catch (IOException e) {
            abandon(channel);
            return Optional.empty();
        }
    }

    private static void abandon(DatagramChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It was never used.
        }
    }
}
