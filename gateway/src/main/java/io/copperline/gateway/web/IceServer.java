package io.copperline.gateway.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.copperline.codecs.Secret;
import java.util.List;
import java.util.Optional;

/**
 * An {@code RTCIceServer} (W3C WebRTC section 4.2.2) of one user.
 *
 * @param login only TURN servers ask for it
 */
record IceServer(List<String> urls, Optional<Login> login) {
    /** Both are printable ASCII. */
    record Login(String username, Secret credential) {}

    ObjectNode json() {
        ObjectNode json = Json.object();
        ArrayNode list = json.putArray("urls");
        urls.forEach(list::add);
        login.ifPresent(known -> json.put("username", known.username())
                .put("credential", known.credential().reveal()));
        return json;
    }

    /** One Link header for each URL (RFC 9725 section 4.6). */
    List<String> links() {
        return urls.stream().map(this::link).toList();
    }

    private String link(String url) {
        String link = "<" + url + ">; rel=\"ice-server\"";
        if (login.isEmpty() || url.startsWith("stun:")) {
            return link;
        }
        return link + "; username=" + quoted(login.get().username()) + "; credential="
                + quoted(login.get().credential().reveal()) + "; credential-type=\"password\"";
    }

    /** RFC 9110 section 5.6.4. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
