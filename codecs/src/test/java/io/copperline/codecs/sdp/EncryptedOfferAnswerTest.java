package io.copperline.codecs.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.srtp.SrtpKeys;
import io.copperline.codecs.srtp.SrtpProfile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Offer and answer with keys in the SDP (RFC 4568, RFC 8643). */
class EncryptedOfferAnswerTest {
    private static final String KEY_A = "inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";
    private static final String KEY_B = "inline:PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR";
    private static final String CM = " AES_CM_128_HMAC_SHA1_80 ";

    private final TrunkOfferAnswer us = new TrunkOfferAnswer(1, new Random(1)::nextBytes);
    private final TrunkOfferAnswer them = new TrunkOfferAnswer(2, new Random(2)::nextBytes);

    private static LocalAudio local(int port, SrtpPolicy policy) {
        InetSocketAddress rtp = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), port);
        return new LocalAudio(rtp, port + 1, List.of(AudioCodec.PCMU), true, 20, policy);
    }

    private static LocalAudio ours(SrtpPolicy policy) {
        return local(20_000, policy);
    }

    private static String theirs(int version, String... sections) {
        return "v=0\r\no=x 1 " + version + " IN IP4 198.51.100.7\r\ns=-\r\nc=IN IP4 198.51.100.7\r\nt=0 0\r\n"
                + String.join("", sections);
    }

    private static String section(String protocol, String... crypto) {
        StringBuilder lines = new StringBuilder("m=audio 30000 " + protocol + " 0\r\n");
        for (String line : crypto) {
            lines.append("a=crypto:").append(line).append("\r\n");
        }
        return lines.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "OFF, OFF, RTP/AVP, false",
        "OFF, PREFERRED, RTP/AVP, false",
        "PREFERRED, OFF, RTP/AVP, false",
        "PREFERRED, PREFERRED, RTP/AVP, true",
        "PREFERRED, REQUIRED, RTP/AVP, true",
        "REQUIRED, PREFERRED, RTP/SAVP, true",
        "REQUIRED, REQUIRED, RTP/SAVP, true",
    })
    void twoOfUsAgree(SrtpPolicy offering, SrtpPolicy answering, String protocol, boolean encrypted) throws Exception {
        TrunkOfferAnswer.Answer answer =
                them.onOffer(us.offer(ours(offering), MediaDirection.SENDRECV), local(30_000, answering));
        Optional<SrtpKeys> keys = us.onAnswer(answer.sdp()).srtp();
        assertTrue(answer.sdp().contains("m=audio 30000 " + protocol + " 0 101\r\n"), answer::sdp);
        assertEquals(encrypted, keys.isPresent());
        assertEquals(encrypted, answer.sdp().contains("a=crypto:1" + CM + "inline:"));
        assertEquals(
                keys, answer.audio().srtp().map(k -> new SrtpKeys(/* local= */ k.remote(), /* remote= */ k.local())));
    }

    @ParameterizedTest
    @CsvSource({"OFF, REQUIRED", "REQUIRED, OFF"})
    void refusesWhereOneWantsAndTheOtherDoesNot(SrtpPolicy offering, SrtpPolicy answering) {
        String offer = us.offer(ours(offering), MediaDirection.SENDRECV);
        assertThrows(NoCommonEncryption.class, () -> them.onOffer(offer, local(30_000, answering)));
    }

    @Test
    void takesTheFirstUsableLineAndNamesItsTag() throws Exception {
        String offer = theirs(
                1,
                section(
                        "RTP/SAVPF",
                        "4" + CM + KEY_A + "|2^31|1:1",
                        "9 AES_CM_128_HMAC_SHA1_32 " + KEY_B + "|2^31",
                        "10" + CM + KEY_A));
        TrunkOfferAnswer.Answer answer = us.onOffer(offer, ours(SrtpPolicy.REQUIRED));
        SrtpKeys keys = answer.audio().srtp().orElseThrow();
        assertEquals(SrtpProfile.AES_CM_128_HMAC_SHA1_32, keys.remote().profile());
        assertTrue(answer.sdp().contains("m=audio 20000 RTP/SAVPF 0\r\na=crypto:9 AES_CM_128_HMAC_SHA1_32 inline:"));
        assertEquals(1, answer.sdp().split("a=crypto", -1).length - 1);
    }

    @Test
    void prefersTheEncryptedOneOfTwoSections() throws Exception {
        String offer = theirs(1, section("RTP/AVP"), section("RTP/SAVP", "1" + CM + KEY_A));
        assertTrue(
                us.onOffer(offer, ours(SrtpPolicy.PREFERRED)).sdp().contains("m=audio 0 RTP/AVP 0\r\nm=audio 20000"));
        assertTrue(them.onOffer(offer, ours(SrtpPolicy.OFF)).sdp().contains("m=audio 20000 RTP/AVP 0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2" + CM + KEY_A, "1 AES_CM_128_HMAC_SHA1_32 " + KEY_A, "1" + CM + KEY_A + "|2^20|1:4"})
    void refusesAnAnswerWithALineThatWasNotOffered(String line) {
        us.offer(ours(SrtpPolicy.PREFERRED), MediaDirection.SENDRECV);
        assertThrows(NoCommonEncryption.class, () -> us.onAnswer(theirs(1, section("RTP/AVP", line))));
    }

    @Test
    void refusesAPlainAnswerWhereEncryptionIsRequired() {
        us.offer(ours(SrtpPolicy.REQUIRED), MediaDirection.SENDRECV);
        assertThrows(NoCommonEncryption.class, () -> us.onAnswer(theirs(1, section("RTP/AVP"))));
        assertThrows(NoCommonEncryption.class, () -> us.onAnswer(theirs(1, section("RTP/SAVP"))));
    }

    @Test
    void aRefreshKeepsBothKeysAndARekeyRenewsBoth() throws Exception {
        LocalAudio local = ours(SrtpPolicy.PREFERRED);
        SrtpKeys first = keys(us.onOffer(theirs(1, section("RTP/SAVP", "1" + CM + KEY_A)), local));
        assertEquals(first, keys(us.onOffer(theirs(2, section("RTP/SAVP", "1" + CM + KEY_A)), local)));
        String hold = us.offer(local, MediaDirection.SENDONLY);
        assertTrue(hold.contains("m=audio 20000 RTP/SAVP 0 101\r\n"), "what was agreed on is offered again");
        assertEquals(
                Optional.of(first),
                us.onAnswer(theirs(3, section("RTP/SAVP", "1" + CM + KEY_A))).srtp());
        SrtpKeys rekeyed = keys(us.onOffer(theirs(4, section("RTP/SAVP", "1" + CM + KEY_B)), local));
        assertNotEquals(first.remote(), rekeyed.remote());
        assertNotEquals(first.local(), rekeyed.local());
    }

    private static SrtpKeys keys(TrunkOfferAnswer.Answer answer) {
        return answer.audio().srtp().orElseThrow();
    }

    @Test
    void theTextOfAnAnswerShowsNoKey() throws Exception {
        TrunkOfferAnswer.Answer answer =
                us.onOffer(theirs(1, section("RTP/SAVP", "1" + CM + KEY_A)), ours(SrtpPolicy.REQUIRED));
        assertFalse(answer.toString().contains("inline:"), answer::toString);
    }
}
