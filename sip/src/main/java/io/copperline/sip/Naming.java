package io.copperline.sip;

import io.copperline.sip.wire.SipWire;
import java.net.InetAddress;

/** How we name ourselves on a trunk: by what is advertised, else what is bound, else the address that faces the peer. */
record Naming(SipSettings settings, Carriage carriage, SipWire wire) {

    /** @param facing the address of ours by which the peer is reached */
    OwnName name(InetAddress facing, SipTransport transport) {
        String own = carriage.bind().orElse(settings.bindAddress());
        String bound = Wires.everywhere(own) ? facing.getHostAddress() : own;
        String general = settings.advertisedAddress();
        // What all advertise is the address of another socket than the one that this trunk is bound to.
        String fallback = general.isEmpty() || carriage.bind().isPresent() ? bound : general;
        return new OwnName(
                carriage.advertise().orElse(fallback), wire.port(transport), transport, settings.userAgent());
    }
}
