package io.copperline.gateway.carrier;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One call that was answered: its session, and the phone that echoes. Owned by the carrier's thread. */
final class CarrierCall implements AutoCloseable {
    private final AudioOffer first;
    private final Map<Integer, String> formats;
    private final String host;
    private final EchoPhone phone;
    private long sequence;
    private int version;
    private String sdp = "";
    private boolean acknowledged;

    /** @param formats of the answer */
    CarrierCall(AudioOffer first, Map<Integer, String> formats, String host, EchoPhone phone, long sequence) {
        this.first = first;
        this.formats = formats;
        this.host = host;
        this.phone = phone;
        this.sequence = sequence;
    }

    /** Whether it is a new request of this dialog, by its CSeq (RFC 3261 section 12.2.2). */
    boolean advances(long next) {
        if (next <= sequence) {
            return false;
        }
        sequence = next;
        return true;
    }

    /** Our side of the session; empty where the offer, if there is one, changes more than the direction. */
    Optional<String> session(Optional<AudioOffer> offer) {
        if (offer.isEmpty()) {
            return Optional.of(sdp); // RFC 3261 section 14.2: without an offer, the request gets ours
        }
        AudioOffer next = offer.get();
        boolean same = next.protocol().equals(first.protocol())
                && next.formats().entrySet().containsAll(formats.entrySet())
                && (phone.inlineKey().isEmpty()
                        || next.crypto()
                                .map(AudioOffer.Crypto::key)
                                .equals(first.crypto().map(AudioOffer.Crypto::key)));
        if (!same) {
            return Optional.empty();
        }
        sdp = write(next);
        return Optional.of(sdp);
    }

    private String write(AudioOffer offer) {
        String family = host.indexOf(':') >= 0 ? "IP6" : "IP4";
        version++;
        List<String> lines = new ArrayList<>(List.of(
                "v=0",
                "o=carrier 1 " + version + " IN " + family + " " + host,
                "s=-",
                "c=IN " + family + " " + host,
                "t=0 0",
                "m=audio " + phone.port() + " " + offer.protocol()
                        + formats.keySet().stream().map(type -> " " + type).reduce("", String::concat)));
        formats.forEach((type, format) -> lines.add("a=rtpmap:" + type + " " + format));
        phone.inlineKey()
                .ifPresent(key -> lines.add(
                        "a=crypto:" + offer.crypto().orElseThrow().tag() + " " + AudioOffer.SUITE + " inline:" + key));
        lines.add("a=" + towards(offer.direction()));
        return String.join("\r\n", lines) + "\r\n";
    }

    /** RFC 3264 section 6.1. */
    private static String towards(String direction) {
        return switch (direction) {
            case "sendonly" -> "recvonly";
            case "recvonly" -> "sendonly";
            default -> direction;
        };
    }

    boolean acknowledged() {
        return acknowledged;
    }

    void acknowledge(boolean now) {
        acknowledged = now;
    }

    @Override
    public void close() {
        phone.close();
    }
}
