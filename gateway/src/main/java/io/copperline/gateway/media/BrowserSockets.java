package io.copperline.gateway.media;

import io.copperline.config.MediaSettings;
import java.util.concurrent.CompletionException;

/** Opens a shard's sockets towards browsers: one port number, over UDP and over TCP. */
final class BrowserSockets {
    /** How often a free UDP port may turn out to be taken for TCP, where any port will do. */
    private static final int MAX_TRIES = 16;

    private BrowserSockets() {}

    /** @throws MediaUnavailable where a port cannot be opened; the message says which and what to do */
    static void open(MediaSettings settings, Shard shard, BrowserDoor door, int shardNumber) {
        int port = settings.udpPort() == 0 ? 0 : settings.udpPort() + shardNumber;
        for (int tries = 1; ; tries++) {
            door.opened(udp(settings, shard, door, port));
            if (!settings.tcp()) {
                return;
            }
            try {
                listen(settings, shard, door);
                return;
            } catch (CompletionException e) {
                int taken = door.port();
                door.close();
                if (port != 0 || tries == MAX_TRIES) {
                    throw unavailable("TCP", taken, settings, e);
                }
            }
        }
    }

    private static Door udp(MediaSettings settings, Shard shard, BrowserDoor door, int port) {
        try {
            return NettyDoor.open(
                            shard.transport().sharedSocket(settings.bind()),
                            shard,
                            settings.bind(),
                            port,
                            door::onDatagram)
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw unavailable("UDP", port, settings, e);
        }
    }

    private static void listen(MediaSettings settings, Shard shard, BrowserDoor door) {
        var _ = door.tcp()
                .listen(shard.transport().listener(settings.bind()), settings.bind(), door.port())
                .toCompletableFuture()
                .join();
    }

    private static MediaUnavailable unavailable(
            String protocol, int port, MediaSettings settings, CompletionException e) {
        return new MediaUnavailable(protocol + " port " + port + " on "
                + settings.bind().getHostAddress() + " cannot be opened ("
                + e.getCause().getMessage() + "); free it, or set media.udp-port and media.bind to something else"
                + (protocol.equals("TCP") ? ", or media.tcp to false" : ""));
    }
}
