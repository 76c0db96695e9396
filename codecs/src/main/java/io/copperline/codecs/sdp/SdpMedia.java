package io.copperline.codecs.sdp;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One {@code m=} section (RFC 8866 section 5.14).
 *
 * @param kind {@code audio}, {@code video}, {@code application}, ...
 * @param port 0 refuses the section (RFC 3264 section 6)
 * @param formats payload types for RTP, other tokens otherwise
 * @param connection the value of the section's own {@code c=} line
 */
public record SdpMedia(
        String kind,
        int port,
        String protocol,
        List<String> formats,
        Optional<String> connection,
        List<SdpAttribute> attributes) {
    public SdpMedia {
        formats = List.copyOf(formats);
        attributes = List.copyOf(attributes);
    }

    /** The same section, refused: port 0 and nothing but what RFC 3264 section 6 wants kept. */
    public SdpMedia refused() {
        return new SdpMedia(kind, 0, protocol, formats, Optional.empty(), List.of());
    }

    /** The value of the first attribute of this name; empty text for a property attribute. */
    public Optional<String> attribute(String name) {
        return values(name).findFirst();
    }

    /** The values of all attributes of this name, in order. */
    public Stream<String> values(String name) {
        return attributes.stream().filter(a -> a.name().equals(name)).map(SdpAttribute::value);
    }

    /** Whether there is an attribute of this name, with a value or without. */
    public boolean has(String name) {
        return attribute(name).isPresent();
    }

    void write(StringBuilder out) {
        out.append("m=").append(kind).append(' ').append(port).append(' ').append(protocol);
        formats.forEach(format -> out.append(' ').append(format));
        out.append("\r\n");
        connection.ifPresent(c -> out.append("c=").append(c).append("\r\n"));
        attributes.forEach(a -> a.write(out));
    }
}
