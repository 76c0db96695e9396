package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.Secret;
import io.copperline.codecs.audio.AudioCodec;
import io.copperline.gateway.FreePorts;
import io.copperline.sip.OutgoingCall;
import io.copperline.sip.PassedHeaders;
import io.copperline.sip.SipEndpoint;
import io.copperline.sip.SipSettings;
import io.copperline.sip.SipStartException;
import io.copperline.sip.SipTransport;
import io.copperline.sip.TrunkSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests of a UDP trunk that are too long for a datagram (RFC 3261 section 18.1.1), with sipp at the other end. */
class LongRequestIT {
    private static final Map<String, String> LONG = Map.of("X-First", "a".repeat(500), "X-Second", "b".repeat(400));
    private static final Map<String, String> MEDIUM = Map.of("X-First", "a".repeat(330));

    private final Path directory = Stage.emptyDirectory(LongRequestIT.class);
    private final ScheduledExecutorService owner = Executors.newSingleThreadScheduledExecutor();

    @RegisterExtension
    final Kept kept = new Kept();

    private final int port = FreePorts.one();
    private SipEndpoint sip;

    @BeforeEach
    void open() throws SipStartException {
        kept.keep(owner::shutdownNow);
        TrunkSettings trunk = TrunkSettings.to("carrier", "127.0.0.1", port, SipTransport.UDP)
                .codecs(AudioCodec.PCMU)
                .account("alice", new Secret("secret"))
                .headers(new PassedHeaders(List.of(), List.of("X-First", "X-Second")))
                .build();
        SipSettings sockets = new SipSettings(
                "127.0.0.1", "", 0, SipSettings.ANY_FREE_PORT, 0, Optional.empty(), "Copperline test", List.of());
        sip = kept.keep(SipEndpoint.start(sockets, List.of(trunk), _ -> {}, InstantSource.system(), new Random(3)));
    }

    private void talk(Map<String, String> headers) {
        FarCall call = new FarCall(owner);
        kept.keep(call::close);
        OutgoingCall wanted = new OutgoingCall("+14045550100", "+12025550150", Optional.empty()).withHeaders(headers);
        call.place(listener -> sip.trunk("carrier").call(wanted, call.local(), owner, listener));
        call.await("answered");
        call.hangUp();
        call.await("ended LOCAL");
        assertEquals(List.of("trying", "ringing", "audio SENDRECV", "answered", "ended LOCAL HANGUP 0"), call.events());
    }

    @Test
    void aLongInviteGoesByTcpAndSaysSo() {
        SippServer tcp = kept.keep(SippServer.tcp(directory, port, "answers"));
        talk(LONG);
        String own = "127.0.0.1:" + sip.tcpPort();
        assertTrue(tcp.messages().contains("Via: SIP/2.0/TCP " + own), tcp::messages);
        assertTrue(tcp.messages().contains("@" + own + ";transport=tcp>"), tcp::messages);
    }

    @Test
    void anInviteThatCredentialsMakeTooLongGoesByTcp() {
        SippServer udp = kept.keep(SippServer.udp(directory, port, "asks-for-credentials"));
        SippServer tcp = kept.keep(SippServer.tcp(directory, port, "answers"));
        talk(MEDIUM);
        assertTrue(udp.messages().contains("Via: SIP/2.0/UDP "), udp::messages);
        assertTrue(tcp.messages().contains("Proxy-Authorization: Digest"), tcp::messages);
        assertEquals(1, udp.invites());
        assertEquals(1, tcp.invites());
    }

    @Test
    void aLongInviteGoesByUdpToACarrierWithoutTcp() {
        SippServer udp = kept.keep(SippServer.udp(directory, port, "answers"));
        talk(LONG);
        assertTrue(udp.messages().contains("Via: SIP/2.0/UDP "), udp::messages);
    }
}
