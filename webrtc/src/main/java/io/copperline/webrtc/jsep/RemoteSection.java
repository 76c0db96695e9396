package io.copperline.webrtc.jsep;

import io.copperline.codecs.sdp.AudioFormat;
import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.codecs.sdp.SdpMedia;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One {@code m=} section of the other side's.
 *
 * @param kind what we take it for
 * @param direction the other side's wish; of audio
 */
public record RemoteSection(int index, Kind kind, SdpMedia media, MediaDirection direction) {
    /** What a section is for. */
    public enum Kind {
        AUDIO,
        /** Data channels (RFC 8841). */
        DATA,
        /** Video, what we do not know, and what is refused already. */
        OTHER
    }

    static RemoteSection of(int index, SdpMedia media, MediaDirection direction) {
        // RFC 9143 section 6: a section that is only there in a bundle has port 0 and lives.
        boolean alive = media.port() != 0 || media.has("bundle-only");
        Kind kind = Kind.OTHER;
        if (alive && media.kind().equals("audio") && media.protocol().endsWith("RTP/SAVPF")) {
            kind = Kind.AUDIO;
        } else if (alive && media.kind().equals("application") && isData(media)) {
            kind = Kind.DATA;
        }
        return new RemoteSection(index, kind, media, direction);
    }

    /** RFC 8841 section 4: over UDP or TCP, which ICE decides anyway. The draft that browsers spoke before is not read. */
    private static boolean isData(SdpMedia media) {
        return media.protocol().endsWith("/DTLS/SCTP") && media.formats().contains("webrtc-datachannel");
    }

    Optional<String> mid() {
        return media.attribute("mid");
    }

    boolean sends() {
        return kind == Kind.AUDIO && direction.sends();
    }

    boolean receives() {
        return kind == Kind.AUDIO && direction.receives();
    }

    List<AudioFormat> formats() {
        return AudioFormat.of(media);
    }

    /** An attribute's whole number, 1 to 9999; empty where it is anything else. */
    OptionalInt number(String attribute) {
        return media.attribute(attribute).map(String::trim).filter(text -> text.matches("[1-9][0-9]{0,3}")).stream()
                .mapToInt(Integer::parseInt)
                .findFirst();
    }

    /** The id of a header extension that goes into the one-byte form (RFC 8285 section 4.2), 1 to 14; 0 where there is none. */
    int extensionId(String uri) {
        for (String value : media.values("extmap").toList()) {
            String[] parts = value.trim().split(" ");
            if (parts.length > 1 && parts[1].equals(uri)) {
                int slash = parts[0].indexOf('/'); // A direction may follow it.
                String number = slash < 0 ? parts[0] : parts[0].substring(0, slash);
                if (number.matches("[1-9]|1[0-4]")) {
                    return Integer.parseInt(number);
                }
            }
        }
        return 0;
    }
}
