package io.copperline.sip;

import io.copperline.sip.wire.SipWire;
import java.net.InetAddress;

/** How an endpoint names itself: by what is advertised, else what is bound, else the address that faces the peer. */
record Naming(SipSettings settings, SipWire wire) {

    /** @param facing the address of ours by which the peer is reached */
    OwnName name(InetAddress facing, SipTransport transport) {
        boolean everywhere = settings.bindAddress().equals("0.0.0.0")
                || settings.bindAddress().equals("::");
        String bound = everywhere ? facing.getHostAddress() : settings.bindAddress();
        String host = settings.advertisedAddress().isEmpty() ? bound : settings.advertisedAddress();
        return new OwnName(host, wire.port(transport), transport, settings.userAgent());
    }
}
