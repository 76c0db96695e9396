package io.copperline.gateway.it;

import io.copperline.config.ConfigReader;
import io.copperline.gateway.FreePorts;
import io.copperline.gateway.Gateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A gateway in the test's own process: what such tests have in common of its configuration, and the rest as they say. */
final class GatewayHere {
    private static final int MEDIA_PORTS = 60;

    private GatewayHere() {}

    /**
     * Starts one.
     *
     * @param directory for its file and its data
     * @param sip its port, over UDP alone
     * @param records the URL of their database
     * @param rest of the file, trunks and routes
     */
    static Gateway start(Path directory, int sip, String records, String rest) throws Exception {
        int media = FreePorts.block(MEDIA_PORTS);
        String head = """
                region: US
                data-directory: %s
                http: {bind: 127.0.0.1, port: free}
                auth: {hs256-secret: %s}
                records: {url: "%s"}
                media: {bind: 127.0.0.1, advertise: 127.0.0.1, udp-port: %d, shards: 1, trunk-ports: %d-%d, max-lateness: 10s}
                sip: {bind: 127.0.0.1, udp-port: %d, tcp-port: 0}
                """.formatted(
                        directory.resolve("data"),
                        GatewayProcess.SECRET,
                        records,
                        media,
                        media + 2,
                        media + MEDIA_PORTS - 1,
                        sip);
        Path file = Files.writeString(directory.resolve("copperline.yaml"), head + rest);
        return Gateway.start(ConfigReader.read(file, Map.of()));
    }
}
