package io.copperline.webrtc.jsep;

import io.copperline.webrtc.dtls.DtlsRole;
import io.copperline.webrtc.ice.IceCredentials;

/**
 * How our packets travel, as far as a section says so.
 *
 * @param setup our DTLS role, as {@code a=setup} has it
 */
public record LocalTransport(IceCredentials credentials, String setup) {
    /** In an offer, which leaves the role to the other side. */
    public static LocalTransport offered(IceCredentials credentials) {
        return new LocalTransport(credentials, "actpass");
    }

    public static LocalTransport answered(IceCredentials credentials, DtlsRole ours) {
        return new LocalTransport(credentials, ours == DtlsRole.CLIENT ? "active" : "passive");
    }
}
