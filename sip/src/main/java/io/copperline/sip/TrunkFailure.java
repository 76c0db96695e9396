package io.copperline.sip;

import io.copperline.sip.jain.JainWire;
import io.copperline.sip.wire.WireFailure;
import java.io.IOException;
import java.time.Instant;

/**
 * What is wrong with a trunk, in the operator's words.
 *
 * @param status the SIP status that the carrier gave, or 0 where it gave none
 * @param what what happened
 * @param fix what to do about it
 * @param since when it was first seen
 */
public record TrunkFailure(int status, String what, String fix, Instant since) {

    /** Why there is no connection to a carrier, as its trunk tells it. */
    public static TrunkFailure noConnection(IOException why, Instant since) {
        return JainWire.noConnection(why, since);
    }

    /** What to do where a request has got no answer at all. */
    public static String fix(WireFailure failure) {
        return switch (failure) {
            case TIMEOUT -> "check the trunk's server and transport, and that the carrier knows our address";
            case UNREACHABLE -> "check the trunk's server and transport, and that no firewall is between";
            case BAD_CERTIFICATE ->
                "check the trunk's server, whose name the certificate must show, and its tls-ca (or trust below"
                        + " sip.tls), which must hold who has signed it";
            case HANDSHAKE_REFUSED ->
                "check the trunk's tls-certificate (or certificate below sip.tls): it must be in date, and of an"
                        + " authority that the carrier knows";
        };
    }
}
