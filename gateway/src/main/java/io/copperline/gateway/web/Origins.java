package io.copperline.gateway.web;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which pages may call us: those of the allowed origins and our own. Without a public URL our own origin is what the
 * browser asked for, but a plain-HTTP name is not believed, except {@code localhost}: any page can point a name of its own
 * at our address (DNS rebinding).
 */
final class Origins {
    private final Optional<String> own;
    private final Set<String> allowed = new HashSet<>();
    private final boolean all;

    Origins(Optional<URI> publicUrl, List<String> allowedOrigins) {
        own = publicUrl.flatMap(url -> normal(url.toString()));
        all = allowedOrigins.contains("*");
        allowedOrigins.forEach(origin -> normal(origin).ifPresent(allowed::add));
    }

    /** Whether a page of {@code origin} (the header's value) may talk to the server that {@code peer} asked for. */
    boolean allows(String origin, Peer peer) {
        if (all) {
            return true;
        }
        Optional<String> normal = normal(origin);
        return normal.isPresent() && (allowed.contains(normal.get()) || normal.equals(ownFor(peer)));
    }

    /** Whether the browser asked for us by a name that is really ours. */
    boolean isOurName(Peer peer) {
        return ownFor(peer).isPresent() && ownFor(peer).equals(normal(peer.scheme() + "://" + peer.host()));
    }

    private Optional<String> ownFor(Peer peer) {
        if (own.isPresent()) {
            return own;
        }
        boolean believed = peer.scheme().equals("https") || isLocal(peer.hostName());
        return believed ? normal(peer.scheme() + "://" + peer.host()) : Optional.empty();
    }

    private static boolean isLocal(String host) {
        String literal = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return host.equals("localhost") || TrustedProxies.parse(literal).isPresent();
    }

    /** {@code scheme://host[:port]} in lower case and without the scheme's own port. */
    private static Optional<String> normal(String text) {
        try {
            URI uri = URI.create(text.toLowerCase(Locale.ROOT));
            if (uri.getScheme() == null || uri.getHost() == null || uri.getUserInfo() != null) {
                return Optional.empty();
            }
            int standard = uri.getScheme().equals("https") ? 443 : 80;
            boolean named = uri.getPort() != -1 && uri.getPort() != standard;
            return Optional.of(uri.getScheme() + "://" + uri.getHost() + (named ? ":" + uri.getPort() : ""));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
