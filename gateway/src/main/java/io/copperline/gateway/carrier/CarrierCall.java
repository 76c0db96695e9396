package io.copperline.gateway.carrier;

import java.util.Map;
import java.util.Optional;

/** One call that was answered: its session, and its phone. Owned by the carrier's thread. */
final class CarrierCall implements AutoCloseable {
    /** Whose call it is. */
    interface Owner {
        /** The other side's BYE has been answered. */
        void hungUp();

        /** The body of an INFO. */
        default void info(String body) {}
    }

    private final AudioOffer first;
    private final Map<Integer, String> formats;
    private final String host;
    private final Phone phone;
    private final Owner owner;
    private long sequence;
    private int version = OwnSdp.FIRST_VERSION;
    private String sdp = "";
    private boolean acknowledged;

    /**
     * @param first what the other side has offered or answered
     * @param formats of the answer
     * @param sequence the number in CSeq of its last request; -1 where it has sent none
     */
    CarrierCall(AudioOffer first, Map<Integer, String> formats, String host, Phone phone, long sequence, Owner owner) {
        this.first = first;
        this.formats = formats;
        this.host = host;
        this.phone = phone;
        this.sequence = sequence;
        this.owner = owner;
    }

    Owner owner() {
        return owner;
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
                && (phone.door().inlineKey().isEmpty()
                        || next.crypto()
                                .map(AudioOffer.Crypto::key)
                                .equals(first.crypto().map(AudioOffer.Crypto::key)));
        if (!same) {
            return Optional.empty();
        }
        phone.directed(next.direction());
        sdp = write(next);
        return Optional.of(sdp);
    }

    private String write(AudioOffer offer) {
        version++;
        String tag = offer.crypto().map(AudioOffer.Crypto::tag).orElse("");
        return OwnSdp.write(host, version, phone, offer.protocol(), formats, tag, towards(offer.direction()));
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
