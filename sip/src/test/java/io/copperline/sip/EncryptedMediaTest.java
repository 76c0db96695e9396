package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.codecs.sdp.SrtpPolicy;
import org.junit.jupiter.api.Test;

/** Legs on a trunk whose audio is encrypted with keys from the SDP (RFC 4568). */
class EncryptedMediaTest {
    private static final String CRYPTO =
            "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20\r\n";

    private final Bench bench = new Bench();
    private final Events events = bench.events;

    private static LocalAudio audio(SrtpPolicy policy) {
        LocalAudio plain = Sample.audio(30_000);
        return new LocalAudio(plain.rtp(), plain.rtcpPort(), plain.codecs(), true, 20, policy);
    }

    private static String secure(int port) {
        return Bench.sdp(port).replace("RTP/AVP", "RTP/SAVP") + CRYPTO;
    }

    private Leg call(SrtpPolicy policy) {
        return Leg.outgoing(
                bench.parts, bench.line(), Runnable::run, events, Sample.call("+12025550100"), audio(policy));
    }

    @Test
    void endsACallThatIsAnsweredPlainWhereEncryptionIsRequired() {
        call(SrtpPolicy.REQUIRED);
        FakeWire.Sent invite = bench.wire.last();
        assertTrue(invite.request.body().contains("m=audio 30000 RTP/SAVP "));
        invite.answer(183, "far", Bench.sdp(40_000));
        assertEquals(0, events.count("early"), "plain early media is not heard");
        invite.answer(200, "far", Bench.sdp(40_000));
        assertEquals(SipEnd.Kind.NO_COMMON_ENCRYPTION, events.end.kind());
        bench.wire.only("BYE");
    }

    @Test
    void takesAnEncryptedAnswer() {
        call(SrtpPolicy.REQUIRED);
        FakeWire.Sent invite = bench.wire.last();
        invite.answer(200, "far", secure(40_000));
        assertEquals(1, events.count("answered"));
        assertTrue(events.audio.srtp().isPresent());
    }

    @Test
    void aPlainAnswerIsFineWhereEncryptionIsPreferred() {
        call(SrtpPolicy.PREFERRED);
        FakeWire.Sent invite = bench.wire.last();
        assertTrue(invite.request.body().contains("m=audio 30000 RTP/AVP "), "RFC 8643 section 3.1");
        assertTrue(invite.request.body().contains("a=crypto:1 "));
        invite.answer(200, "far", Bench.sdp(40_000));
        assertEquals(1, events.count("answered"));
        assertTrue(events.audio.srtp().isEmpty());
    }

    @Test
    void refusesAPlainOfferWith488WhereEncryptionIsRequired() {
        Bench.Answers answers = new Bench.Answers();
        bench.incoming(Bench.sdp(40_000), answers).audio(audio(SrtpPolicy.REQUIRED));
        assertEquals(488, answers.status());
        assertEquals(SipEnd.Kind.NO_COMMON_ENCRYPTION, events.end.kind());
    }

    @Test
    void aPlainReinviteIsRefusedAndChangesNothing() {
        Leg leg = call(SrtpPolicy.REQUIRED);
        bench.wire.last().answer(200, "far", secure(40_000));
        assertEquals(488, bench.reinvites(leg, Bench.sdp(40_002)).status());
        assertEquals(1, events.count("audio"));
        assertTrue(leg.audio().orElseThrow().srtp().isPresent());
    }
}
