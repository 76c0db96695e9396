package io.copperline.codecs.sdp;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A whole session description.
 *
 * @param connection the value of the session's {@code c=} line, which holds for sections without their own
 */
public record SdpSession(
        SdpOrigin origin, Optional<String> connection, List<SdpAttribute> attributes, List<SdpMedia> media) {
    public SdpSession {
        attributes = List.copyOf(attributes);
        media = List.copyOf(media);
    }

    /** Reads a description; line ends may be CRLF or LF (RFC 8866 section 5). */
    public static SdpSession parse(String text) throws SdpException {
        return new SdpReader(text).session();
    }

    /** The value of the first session-level attribute of this name. */
    public Optional<String> attribute(String name) {
        return values(name).findFirst();
    }

    /** The values of all session-level attributes of this name, in order. */
    public Stream<String> values(String name) {
        return attributes.stream().filter(a -> a.name().equals(name)).map(SdpAttribute::value);
    }

    /** A section's attribute, or the session's where the section has none. */
    public Optional<String> effective(SdpMedia section, String name) {
        return section.attribute(name).or(() -> attribute(name));
    }

    /** A section's direction; {@code sendrecv} where nothing says otherwise (RFC 8866 section 6.7). */
    public MediaDirection direction(SdpMedia section) {
        return Stream.concat(section.attributes().stream(), attributes.stream())
                .flatMap(a -> MediaDirection.of(a.name()).stream())
                .findFirst()
                .orElse(MediaDirection.SENDRECV);
    }

    /** The text, with CRLF line ends. */
    public String write() {
        StringBuilder out = new StringBuilder(1024);
        out.append("v=0\r\no=").append(origin).append("\r\ns=-\r\n");
        connection.ifPresent(c -> out.append("c=").append(c).append("\r\n"));
        out.append("t=0 0\r\n");
        attributes.forEach(a -> a.write(out));
        media.forEach(m -> m.write(out));
        return out.toString();
    }
}
