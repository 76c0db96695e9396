package io.copperline.gateway.carrier;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.srtp.SrtpKey;
import io.copperline.codecs.srtp.SrtpProfile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The audio of an offer, or of an answer (RFC 8866).
 *
 * @param formats encoding name, clock and channels, such as {@code PCMU/8000}, by payload type, in the order of the offer
 * @param crypto the first line of {@link #SUITE} with a good key
 * @param direction {@code sendrecv} and the like
 * @param rtp where it wants audio; empty where that is no address
 * @param rtcp where it wants reports, on a port of their own
 * @param muxed whether reports may come to {@code rtp} (RFC 5761)
 */
record AudioOffer(
        String protocol,
        Map<Integer, String> formats,
        Optional<Crypto> crypto,
        String direction,
        Optional<InetSocketAddress> rtp,
        Optional<InetSocketAddress> rtcp,
        boolean muxed) {
    static final SrtpProfile SUITE = SrtpProfile.AES_CM_128_HMAC_SHA1_80;

    /** One line of RFC 4568: its tag, and its key. */
    record Crypto(String tag, SrtpKey key) {}

    private static final int MOST_LINES = 1000;
    private static final Pattern AUDIO = Pattern.compile("m=audio (\\d{1,5}) (\\S{1,64}) ([0-9 ]{1,512})");
    private static final Pattern CONNECTION = Pattern.compile("c=IN IP[46] ([0-9A-Fa-f.:]{2,64})");
    private static final Pattern RTCP = Pattern.compile("a=rtcp:(\\d{1,5})(?: IN IP[46] ([0-9A-Fa-f.:]{2,64}))?\\s*");
    private static final Pattern RTPMAP = Pattern.compile("a=rtpmap:(\\d{1,3}) (\\S{1,64})");
    private static final Pattern CRYPTO =
            Pattern.compile("a=crypto:(\\d{1,9}) " + SUITE + " inline:([A-Za-z0-9+/=]{1,128})(?:\\|.*)?");
    private static final Pattern DIRECTION = Pattern.compile("a=(sendrecv|sendonly|recvonly|inactive)");

    /** The first audio section; empty where there is none. */
    static Optional<AudioOffer> parse(String sdp) {
        List<String> lines = sdp.lines().limit(MOST_LINES).toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher media = AUDIO.matcher(lines.get(i));
            if (media.matches()) {
                List<String> section = lines.subList(i + 1, lines.size()).stream()
                        .takeWhile(line -> !line.startsWith("m="))
                        .toList();
                List<String> session = lines.subList(0, i);
                Optional<InetSocketAddress> rtp =
                        address(section).or(() -> address(session)).flatMap(host -> at(host, media.group(1)));
                return Optional.of(new AudioOffer(
                        media.group(2),
                        formats(media.group(3), section),
                        crypto(section),
                        direction(section).or(() -> direction(session)).orElse("sendrecv"),
                        rtp,
                        rtp.flatMap(where -> rtcp(section, where)),
                        section.contains("a=rtcp-mux")));
            }
        }
        return Optional.empty();
    }

    private static Map<Integer, String> formats(String types, List<String> section) {
        // RFC 3551 table 4: these have their types without being named.
        Map<Integer, String> named = new LinkedHashMap<>(Map.of(0, "PCMU/8000", 8, "PCMA/8000", 9, "G722/8000"));
        for (String line : section) {
            Matcher map = RTPMAP.matcher(line);
            if (map.matches()) {
                named.put(Integer.valueOf(map.group(1)), map.group(2));
            }
        }
        Map<Integer, String> formats = new LinkedHashMap<>();
        for (String type : types.split(" ")) {
            if (!type.isEmpty() && type.length() <= 3) {
                formats.put(Integer.valueOf(type), named.getOrDefault(Integer.valueOf(type), "unknown"));
            }
        }
        return formats;
    }

    private static Optional<Crypto> crypto(List<String> section) {
        return section.stream()
                .map(CRYPTO::matcher)
                .filter(Matcher::matches)
                .flatMap(found ->
                        SrtpKey.ofInline(SUITE, found.group(2)).map(key -> new Crypto(found.group(1), key)).stream())
                .findFirst();
    }

    private static Optional<String> direction(List<String> lines) {
        return lines.stream()
                .map(DIRECTION::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .findFirst();
    }

    private static Optional<String> address(List<String> lines) {
        return lines.stream()
                .map(CONNECTION::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .findFirst();
    }

    /** RFC 3605; by default the port after that of audio. */
    private static Optional<InetSocketAddress> rtcp(List<String> section, InetSocketAddress rtp) {
        String usual = rtp.getAddress().getHostAddress();
        return section.stream()
                .map(RTCP::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .map(found -> at(found.group(2) == null ? usual : found.group(2), found.group(1)))
                .orElseGet(() -> at(usual, "" + (rtp.getPort() + 1)));
    }

    private static Optional<InetSocketAddress> at(String host, String port) {
        int number = Integer.parseInt(port);
        if (number == 0 || number > 65_535) {
            return Optional.empty();
        }
        try {
            return Optional.of(new InetSocketAddress(InetAddress.ofLiteral(host), number));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The payload type of the first format that is one of these. */
    Optional<Integer> choose(List<AudioCodec> codecs) {
        return formats.entrySet().stream()
                .filter(format -> codecs.stream().anyMatch(codec -> is(format.getValue(), codec)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean is(String format, AudioCodec codec) {
        String[] parts = format.split("/");
        return parts.length > 1
                && parts[0].equalsIgnoreCase(codec.encodingName())
                && parts[1].equals("" + codec.clockRateHz());
    }

    /** The payload type of telephone-event with this format's clock. */
    Optional<Integer> telephoneEvent(int payloadType) {
        String[] parts = formats.getOrDefault(payloadType, "").split("/");
        String wanted = "telephone-event/" + (parts.length > 1 ? parts[1] : "8000");
        return formats.entrySet().stream()
                .filter(format -> format.getValue().equalsIgnoreCase(wanted))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** What stands in the answer to this offer: a format, and telephone-event with its clock. */
    Map<Integer, String> answered(int chosen) {
        Map<Integer, String> left = new LinkedHashMap<>();
        left.put(chosen, formats.get(chosen));
        telephoneEvent(chosen).ifPresent(type -> left.put(type, formats.get(type)));
        return left;
    }

    /** Whether audio must be encrypted (RFC 4568 section 5.1.1). */
    boolean secure() {
        return protocol.equals("RTP/SAVP");
    }

    boolean encrypted() {
        return secure() && crypto.isPresent();
    }
}
