package io.copperline.gateway.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a page puts into its {@code RTCConfiguration}.
 *
 * @param expiresAt from when on one of the passwords is refused; empty where none ever is
 */
record IceServerList(List<IceServer> servers, Optional<Instant> expiresAt) {
    /** Adds the member {@code iceServers}, and {@code iceServersExpireAt} where they end. */
    ObjectNode describe(ObjectNode json) {
        ArrayNode list = json.putArray("iceServers");
        servers.forEach(server -> list.add(server.json()));
        expiresAt.ifPresent(at -> json.put("iceServersExpireAt", at.toString()));
        return json;
    }

    List<String> links() {
        return servers.stream().flatMap(server -> server.links().stream()).toList();
    }
}
