package io.copperline.gateway.carrier;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the carrier's side of a session (RFC 8866). */
final class OwnSdp {
    /** Of an offer; whatever follows counts on. */
    static final int FIRST_VERSION = 1;

    private OwnSdp() {}

    /**
     * One section of audio.
     *
     * @param formats encoding names and clocks by payload type
     * @param cryptoTag beside the phone's key, where it has one
     */
    static String write(
            String host,
            int version,
            Phone phone,
            String protocol,
            Map<Integer, String> formats,
            String cryptoTag,
            String direction) {
        String family = host.indexOf(':') >= 0 ? "IP6" : "IP4";
        List<String> lines = new ArrayList<>(List.of(
                "v=0",
                "o=carrier 1 " + version + " IN " + family + " " + host,
                "s=-",
                "c=IN " + family + " " + host,
                "t=0 0",
                "m=audio " + phone.door().port() + " " + protocol
                        + formats.keySet().stream().map(type -> " " + type).reduce("", String::concat)));
        formats.forEach((type, format) -> lines.add("a=rtpmap:" + type + " " + format));
        phone.door()
                .inlineKey()
                .ifPresent(key -> lines.add("a=crypto:" + cryptoTag + " " + AudioOffer.SUITE + " inline:" + key));
        if (phone.door().muxed()) {
            lines.add("a=rtcp-mux");
        }
        lines.add("a=" + direction);
        return String.join("\r\n", lines) + "\r\n";
    }
}
