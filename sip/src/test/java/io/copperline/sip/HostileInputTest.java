package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HostileInputTest {
    private Party party;
    private RawSip raw;

    @BeforeEach
    void start() throws Exception {
        party = new Party(Sample.settings(), Sample.trunk("rack", 5060));
        raw = new RawSip(party.endpoint.udpPort());
    }

    @AfterEach
    void stop() {
        raw.close();
        party.close();
    }

    @Test
    void survivesTheViaThatEndsJainsThread() throws IOException {
        for (String via : new String[] {"Via", "v", "VIA ", "Via: SIP/2.0/UDP a\r\n "}) {
            for (int i = 0; i < 3; i++) {
                raw.send("OPTIONS sip:x SIP/2.0\r\n" + via + ": SIP/2.0/UDP h (\\\r\nFrom: <sip:a@b>;tag=1\r\n"
                        + "To: <sip:x>\r\nCall-ID: kill" + i + "\r\nCSeq: 1 OPTIONS\r\n\r\n");
            }
        }
        assertTrue(raw.lives());
        assertTrue(party.endpoint.drops().get(Drop.MALFORMED) >= 12);
        RawSip.throwAt(
                party.endpoint.tcpPort(),
                "OPTIONS sip:x SIP/2.0\r\nVia: SIP/2.0/TCP h (\\\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        assertTrue(RawSip.livesOnTcp(party.endpoint.tcpPort()));
    }

    @Test
    void countsWhatEndsTheReaderOfOneConnection() throws IOException {
        String request = raw.request("OPTIONS", "sip:127.0.0.1", "", "");
        long before = party.endpoint.drops().get(Drop.MALFORMED);
        String bad = request.replace("Length: 0", "Length: 99999");
        RawSip.throwAt(party.endpoint.tcpPort(), bad.getBytes(StandardCharsets.UTF_8));
        Await.until("it is counted", () -> party.endpoint.drops().get(Drop.MALFORMED) == before + 1);
        assertEquals(0, party.endpoint.drops().get(Drop.DEFECT));
        assertTrue(RawSip.livesOnTcp(party.endpoint.tcpPort()));
    }

    @Test
    void survivesWhatIsDeepLongAndRandom() throws IOException {
        raw.send(raw.request("OPTIONS", "sip:127.0.0.1", "Record-Route: " + "<sip:[:1];".repeat(800) + "\r\n", ""));
        raw.send(raw.request("OPTIONS", "sip:127.0.0.1", "Accept: " + "(".repeat(4000) + "\r\n", ""));
        raw.send(raw.request("OPTIONS", "sip:127.0.0.1", "X: y\r\n".repeat(300), ""));
        raw.send(raw.request("INVITE", "sip:" + "a".repeat(7000) + "@127.0.0.1", "", ""));
        Random random = new Random(7);
        byte[] good = raw.request("INVITE", "sip:1@127.0.0.1", "Contact: <sip:a@b>\r\n", "v=0\r\n")
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 500; i++) {
            byte[] bad = good.clone();
            for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            raw.send(bad);
            byte[] noise = new byte[random.nextInt(1500)];
            random.nextBytes(noise);
            raw.send(noise);
        }
        assertTrue(raw.lives());
    }

    @Test
    void strangersGetNoAnswerAndAreCounted() throws Exception {
        try (Party other = new Party(Sample.settings(), foreign());
                RawSip stranger = new RawSip(other.endpoint.udpPort())) {
            stranger.send(stranger.request("OPTIONS", "sip:127.0.0.1", "", ""));
            stranger.send(stranger.request("INVITE", "sip:1@127.0.0.1", "", ""));
            stranger.send("junk");
            stranger.send("OPTIONS sip:x SIP/2.0\r\nVia: SIP/2.0/UDP h (\\\r\n\r\n");
            assertTrue(stranger.hearsNothing());
            Await.until("all are counted", () -> other.endpoint.drops().get(Drop.STRANGER) == 4);
            assertEquals(0L, other.endpoint.drops().get(Drop.MALFORMED));
            assertTrue(other.incoming.isEmpty());
            assertTrue(!RawSip.livesOnTcp(other.endpoint.tcpPort()), "not even let in");
            Await.until("it is counted", () -> other.endpoint.drops().get(Drop.STRANGER) == 5);
        }
    }

    @Test
    void anAllowedNetworkIsNoStranger() throws Exception {
        TrunkSettings open = foreign().but().allowedSources("127.0.0.0/8").build();
        try (Party other = new Party(Sample.settings(), open);
                RawSip friend = new RawSip(other.endpoint.udpPort())) {
            assertTrue(friend.lives());
        }
    }

    private static TrunkSettings foreign() {
        return Sample.trunk("far", 5060).but().host("192.0.2.1").build();
    }
}
