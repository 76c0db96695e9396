package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A browser that reaches the gateway over IPv6 talks with a trunk on IPv4. */
class Ipv6IT {
    private static final Duration SOUND = Duration.ofSeconds(6);
    private static final String REMOTE_ADDRESS = """
            async () => {
              const stats = await copperlinePhone.call.peerConnection.getStats();
              const transport = [...stats.values()].find((s) => s.type === 'transport');
              const pair = stats.get(transport.selectedCandidatePairId);
              return stats.get(pair.remoteCandidateId).address;
            }""";

    @RegisterExtension
    static final Stage STAGE = new Stage(Family.IPV6);

    @Test
    void talksOverIpv6WithATrunkOnIpv4() {
        Tab tab = STAGE.phone("alice");
        tab.call("+13035550100");
        FarCall far = STAGE.farEnd().nextCall();
        far.answer();
        tab.untilState("Talking");
        far.wire().play(Speech.REPLY);
        tab.until("copperlineTest.sender(copperlinePhone.call).canInsertDTMF");
        Sounds.assertHeard(Speech.MICROPHONE, far.wire().hear(SOUND));
        Sounds.assertHeard(Speech.REPLY, tab.record(SOUND));
        assertEquals("::1", tab.run(REMOTE_ADDRESS));
        tab.page().click("#hangup");
        tab.untilState("Call ended");
    }
}
