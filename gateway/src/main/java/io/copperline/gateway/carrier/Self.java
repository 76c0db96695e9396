package io.copperline.gateway.carrier;

import io.copperline.config.CarrierHabits;
import io.copperline.sip.SipTransport;
import java.net.InetSocketAddress;

/**
 * How the carrier names itself.
 *
 * @param tag in To of every dialog
 */
record Self(CarrierHabits habits, InetSocketAddress at, String tag) {
    String host() {
        return at.getAddress().getHostAddress();
    }

    String contact() {
        return "Contact: <" + addressOf("carrier", at) + ">";
    }

    /** The SIP URI of a user there. */
    String addressOf(String user, InetSocketAddress there) {
        String host = there.getAddress().getHostAddress();
        SipTransport transport = habits.transport();
        String parameter = transport == SipTransport.UDP ? "" : ";transport=" + transport.wireName();
        return "sip:" + user + "@" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + there.getPort()
                + parameter;
    }

    String allow() {
        return "Allow: INVITE, ACK, BYE, CANCEL, OPTIONS"
                + habits.methods().stream().map(method -> ", " + method).reduce("", String::concat);
    }
}
