package io.copperline.sip.location;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** From where a carrier may fetch the caller's location (RFC 6442 section 4.1). */
public record LocationUri(URI uri) implements CallerLocation {
    /** RFC 6442 section 4.1, and RFC 6753 for HTTP. */
    private static final Set<String> SCHEMES = Set.of("sip", "sips", "pres", "http", "https");

    private static final int LONGEST = 255;

    /** Reads one; empty for anything else. */
    public static Optional<LocationUri> parse(String text) {
        try {
            URI uri = new URI(text);
            boolean good = text.length() <= LONGEST
                    && uri.getScheme() != null
                    && SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))
                    && text.equals(uri.toASCIIString())
                    && text.indexOf('>') < 0;
            return good ? Optional.of(new LocationUri(uri)) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "LocationUri[" + uri.getScheme() + "]";
    }
}
