package io.copperline.sip;

import java.util.Optional;

/**
 * How bytes travel between us and a carrier.
 *
 * @param largestDatagram what is longer than so many bytes goes by TCP, where that is on (RFC 3261 section 18.1.1); 0: nothing does
 * @param keepAlive how the way is kept open
 * @param bind the local address of this trunk's SIP and media; empty: that of all
 * @param advertise the address or name that SIP messages have for us on this trunk; empty: that of all, or the one bound
 * @param tls what is special about TLS
 */
public record Carriage(
        int largestDatagram, KeepAlive keepAlive, Optional<String> bind, Optional<String> advertise, TrunkTls tls) {
    /** RFC 3261 section 18.1.1, for a path whose MTU is not known. */
    public static final int USUAL_DATAGRAM = 1300;

    /** What a trunk has unless its operator says otherwise. */
    public static final Carriage USUAL =
            new Carriage(USUAL_DATAGRAM, KeepAlive.USUAL, Optional.empty(), Optional.empty(), TrunkTls.USUAL);

    /** The address that SDP names, where this says one: a name has no place there (RFC 8866 section 5.7). */
    public Optional<String> mediaAddress() {
        return advertise.filter(Carriage::isAddress).or(() -> bind);
    }

    private static boolean isAddress(String text) {
        return text.contains(":") || text.matches("[0-9.]+");
    }

    /** The same with another way of keeping open. */
    public Carriage with(KeepAlive other) {
        return new Carriage(largestDatagram, other, bind, advertise, tls);
    }

    /** The same with other TLS. */
    public Carriage with(TrunkTls other) {
        return new Carriage(largestDatagram, keepAlive, bind, advertise, other);
    }

    /** The same from another local address, under another one where that is given. */
    public Carriage from(String address, Optional<String> advertised) {
        return new Carriage(largestDatagram, keepAlive, Optional.of(address), advertised, tls);
    }
}
