package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A browser that reaches the gateway over IPv6 talks with a trunk on IPv4. */
class Ipv6IT {
    @RegisterExtension
    static final Stage STAGE = new Stage(Family.IPV6);

    @Test
    void talksOverIpv6WithATrunkOnIpv4() {
        Talk talk = Talk.place(STAGE.phone("alice"), STAGE.farEnd());
        talk.assertBothHear();
        assertEquals("::1", talk.remote("address"));
        talk.hangUpByPage();
    }
}
