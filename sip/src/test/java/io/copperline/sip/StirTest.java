package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.StirSettings.Checking;
import io.copperline.sip.StirSettings.Signing;
import io.copperline.sip.stir.ForeignPassport;
import io.copperline.sip.stir.Verdict;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Signed callers at a real endpoint, whose carrier is a socket. */
class StirTest {
    private static final Path FILES = Path.of("src/test/resources/stir");

    private static TrunkSettings checking(boolean rejectFailed, boolean rejectUnsigned) {
        Checking checking = new Checking(FILES.resolve("authority.pem"), rejectFailed, rejectUnsigned, false);
        return Sample.trunk("carrier", 5060)
                .but()
                .stir(new StirSettings(Optional.empty(), Optional.of(checking)))
                .build();
    }

    @Test
    void tellsTheVerdictOfACallIn() throws Exception {
        try (Party party = new Party(Sample.settings(), checking(false, false));
                RawSip raw = new RawSip(party.endpoint.udpPort())) {
            raw.send(raw.request("INVITE", "sip:1@127.0.0.1", "", ""));
            IncomingCall unsigned = party.nextCall();
            assertEquals("No-TN-Validation", unsigned.verdict().orElseThrow().text());
            unsigned.refuse(486, 0);
            raw.send(signed(raw, "https://127.0.0.1/shaken.pem")); // where nobody may send us
            IncomingCall bad = party.nextCall();
            assertEquals("TN-Validation-Failed", bad.verdict().orElseThrow().text());
            bad.refuse(486, 0);
            assertEquals(1L, party.endpoint.verdicts().get(Verdict.Verstat.NONE));
            assertEquals(1L, party.endpoint.verdicts().get(Verdict.Verstat.FAILED));
        }
    }

    @Test
    void refusesWhatTheOperatorWouldNotHave() throws Exception {
        try (Party party = new Party(Sample.settings(), checking(true, true));
                RawSip raw = new RawSip(party.endpoint.udpPort())) {
            assertEquals(428, raw.status(raw.request("INVITE", "sip:1@127.0.0.1", "", "")));
            assertEquals(438, raw.status(raw.request("INVITE", "sip:1@127.0.0.1", "Identity: junk\r\n", "")));
            assertTrue(party.incoming.isEmpty());
        }
    }

    @Test
    void fetchesTheCertificateAndVerifies() throws Exception {
        Checking checking = new Checking(FILES.resolve("authority.pem"), true, true, true);
        TrunkSettings trunk = Sample.trunk("carrier", 5060)
                .but()
                .stir(new StirSettings(Optional.empty(), Optional.of(checking)))
                .build();
        try (CertificateSite site = new CertificateSite();
                Party party = new Party(Sample.settings(), trunk);
                RawSip raw = new RawSip(party.endpoint.udpPort())) {
            String verdict = verdict(party, raw, site);
            for (int again = 0; again < 5 && verdict.equals("No-TN-Validation"); again++) {
                verdict = verdict(party, raw, site); // a slow machine: the certificate is there for the next call
            }
            assertEquals("TN-Validation-Passed-A", verdict);
            assertEquals(436, refusal(party, raw, site.url("/huge.pem")));
            assertEquals(436, refusal(party, raw, site.url("/moved.pem")));
            assertEquals(436, refusal(party, raw, site.url("/none.pem")));
        }
    }

    /** The same where the call is refused in time: one that nobody could judge comes in. */
    private static int refusal(Party party, RawSip raw, String url) throws Exception {
        int status = raw.status(signed(raw, url));
        for (int again = 0; again < 5 && status == 0; again++) {
            party.nextCall().refuse(486, 0);
            status = raw.status(signed(raw, url));
        }
        return status;
    }

    private static String verdict(Party party, RawSip raw, CertificateSite site) throws Exception {
        raw.send(signed(raw, site.url("/shaken.pem")));
        IncomingCall call = party.nextCall();
        call.refuse(486, 0);
        return call.verdict().orElseThrow().text();
    }

    private static String signed(RawSip raw, String url) throws Exception {
        String identity = "Identity: " + new ForeignPassport("12025550150", "14045550100", Instant.now(), url).sign();
        return raw.request("INVITE", "sip:+14045550100@127.0.0.1", identity + "\r\n", "")
                .replace("<sip:raw@127.0.0.1>;tag", "<sip:+12025550150@127.0.0.1>;tag");
    }

    @Test
    void aTrunkThatChecksNothingSaysNothing() throws Exception {
        try (Party party = new Party(Sample.settings(), Sample.trunk("carrier", 5060));
                RawSip raw = new RawSip(party.endpoint.udpPort())) {
            raw.send(raw.request("INVITE", "sip:1@127.0.0.1", "Identity: junk\r\n", ""));
            IncomingCall call = party.nextCall();
            assertEquals(Optional.empty(), call.verdict());
            call.refuse(486, 0);
        }
    }

    @Test
    void vouchesForNobodyWhoseCallItForwards() throws Exception {
        OutgoingCall forwarded = Sample.call("+14045550100")
                .divertedBy(new Diversion("+12025550177", Diversion.Reason.NO_ANSWER, false));
        String claims = invite(forwarded).replaceAll("(?s).*\r\nIdentity: [^.]*\\.([^.]*)\\..*", "$1");
        String json = new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8);
        assertTrue(json.contains("\"attest\":\"C\""), json);
    }

    @Test
    void signsCallsOut() throws Exception {
        String invite = invite(Sample.call("+14045550100"));
        assertTrue(
                invite.matches("(?s).*\r\nIdentity: ey[\\w-]+\\.ey[\\w-]+\\.[\\w-]{86};info=<https://certs.example"
                        + ".com/shaken.pem>;alg=ES256;ppt=shaken\r\n.*"),
                invite);
    }

    private static String invite(OutgoingCall call) throws Exception {
        try (RawSip carrier = new RawSip(0)) {
            Signing signing = new Signing(
                    URI.create("https://certs.example.com/shaken.pem"), FILES.resolve("provider.key.pem"), List.of());
            TrunkSettings trunk = Sample.trunk("carrier", carrier.localPort())
                    .but()
                    .stir(new StirSettings(Optional.of(signing), Optional.empty()))
                    .build();
            try (Party party = new Party(Sample.settings(), trunk)) {
                party.call("carrier", call, Sample.audio(40_000), new Events());
                return carrier.receive().orElseThrow();
            }
        }
    }

    @Test
    void aKeyThatCannotBeUsedStopsTheStart() {
        Signing signing = new Signing(URI.create("https://x.example.com/"), FILES.resolve("provider.pem"), List.of());
        TrunkSettings trunk = Sample.trunk("carrier", 5060)
                .but()
                .stir(new StirSettings(Optional.of(signing), Optional.empty()))
                .build();
        SipStartException refused = assertThrows(SipStartException.class, () -> new Party(Sample.settings(), trunk));
        assertTrue(refused.getMessage().contains("openssl pkcs8"), refused.getMessage());
    }
}
