package io.copperline.sip.stir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StirVerifierTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    private static final String FROM = "+12025550150";
    private static final String TO = "+14045550100";

    private final List<String> fetched = new ArrayList<>();
    private String certificate = "provider.pem";
    private final ForeignPassport passport = new ForeignPassport("12025550150", "14045550100", NOW);

    private Verdict verify(String... headers) throws Exception {
        StirVerifier verifier = new StirVerifier(
                (x5u, _) -> {
                    fetched.add(x5u);
                    return ForeignPassport.fetched(certificate);
                },
                StirFiles.anchors(ForeignPassport.path("authority.pem")));
        return verifier.verify(List.of(headers), FROM, List.of("+1-404-555-0100", "100"), NOW);
    }

    private void fails(int status) throws Exception {
        Verdict verdict = verify(passport.sign());
        assertEquals(Verdict.Verstat.FAILED, verdict.verstat(), verdict.reason());
        assertEquals(status, verdict.status(), verdict.reason());
    }

    @Test
    void takesWhatAnotherHasSigned() throws Exception {
        Verdict verdict = verify(passport.sign());
        assertEquals("TN-Validation-Passed-A", verdict.text(), verdict.reason());
        assertEquals("123e4567-e89b-12d3-a456-426655440000", verdict.origid());
        assertEquals(List.of("https://certs.example.com/shaken.pem"), fetched);
    }

    @Test
    void takesWhatWeHaveSigned() throws Exception {
        StirSigner signer = new StirSigner(
                URI.create("https://certs.example.com/shaken.pem"),
                StirFiles.key(ForeignPassport.path("provider.key.pem")),
                List.of("+1202555"));
        String header = signer.identity(FROM, TO, true, UUID.randomUUID(), NOW).orElseThrow();
        assertEquals("TN-Validation-Passed-A", verify(header).text());
        assertEquals(Attestation.B, signer.attest("13035550100", true));
        assertEquals(Attestation.C, signer.attest("12025550150", false));
        assertEquals(Optional.empty(), signer.identity("", TO, true, UUID.randomUUID(), NOW));
        assertEquals(Optional.empty(), signer.identity(FROM, "alice", true, UUID.randomUUID(), NOW));
    }

    @Test
    void saysThatNobodyHasSigned() throws Exception {
        assertEquals("No-TN-Validation", verify().text());
        assertEquals(428, verify().status());
    }

    @Test
    void refusesAChangedWord() throws Exception {
        String good = passport.sign();
        passport.claims = passport.claims.replace("\"A\"", "\"B\"");
        String changed = passport.sign().split("\\.")[1];
        String forged = good.replaceFirst("\\.[^.]+\\.", "." + changed + ".");
        assertEquals(438, verify(forged).status());
        assertEquals(Verdict.Verstat.PASSED, verify(forged, good).verstat(), "one that holds is enough");
    }

    @Test
    void refusesAnotherTimeAndFetchesNothingForIt() throws Exception {
        assertEquals(
                403,
                verify(new ForeignPassport("12025550150", "14045550100", NOW.minusSeconds(61)).sign())
                        .status());
        assertEquals(
                403,
                verify(new ForeignPassport("12025550150", "14045550100", NOW.plusSeconds(61)).sign())
                        .status());
        assertTrue(fetched.isEmpty());
        assertEquals(
                0,
                verify(new ForeignPassport("12025550150", "14045550100", NOW.minusSeconds(60)).sign())
                        .status());
    }

    @Test
    void refusesAnotherCallerAndAnotherCalledNumber() throws Exception {
        assertEquals(
                438,
                verify(new ForeignPassport("12025550151", "14045550100", NOW).sign())
                        .status());
        assertEquals(
                438,
                verify(new ForeignPassport("12025550150", "14045550101", NOW).sign())
                        .status());
        assertTrue(fetched.isEmpty());
    }

    @Test
    void refusesACertificateOfAnotherAuthority() throws Exception {
        StirVerifier verifier = new StirVerifier((_, _) -> ForeignPassport.fetched(certificate), List.of());
        Verdict verdict = verifier.verify(List.of(passport.sign()), FROM, List.of(TO), NOW);
        assertEquals(437, verdict.status());
    }

    @Test
    void refusesACertificateThatIsForNoNumbers() throws Exception {
        passport.key = "numbers";
        certificate = "nothing.pem";
        fails(438);
        certificate = "authority.pem";
        fails(437);
    }

    @Test
    void holdsACertificateToItsNumbers() throws Exception {
        certificate = "numbers.pem";
        passport.key = "numbers";
        assertEquals(0, verify(passport.sign()).status());
        passport.claims = passport.claims.replace("12025550150", "12025550200");
        StirVerifier verifier = new StirVerifier(
                (_, _) -> ForeignPassport.fetched(certificate),
                StirFiles.anchors(ForeignPassport.path("authority.pem")));
        Verdict verdict = verifier.verify(List.of(passport.sign()), "+12025550200", List.of(TO), NOW);
        assertEquals(437, verdict.status(), verdict.reason());
        TnAuthList list = TnAuthList.of(CertificateChains.read(ForeignPassport.file("numbers.pem"))
                        .getFirst())
                .orElseThrow();
        assertTrue(list.covers("12025550100") && list.covers("12025550199") && list.covers("13035550123"));
        assertFalse(list.covers("12025550099") || list.covers("120255501000") || list.covers("sip"));
    }

    @Test
    void saysWhatIsWrongWithTheFileThatInfoNames() throws Exception {
        certificate = "provider.key.pem";
        fails(436);
    }

    @Test
    void refusesWhatIsNoPassport() throws Exception {
        String good = passport.sign();
        for (String bad : new String[] {
            "",
            ";",
            "a.b.c",
            good.replace(";info=<https://certs", ";info=<https://other"),
            good.replaceFirst(";info=.*", ""),
            good.replace("alg=ES256", "alg=none"),
            good.replace("ppt=shaken", "ppt=div"),
            "." + good.substring(good.indexOf('.')),
            "x".repeat(9000),
            good.replaceFirst("\\.[^.;]+;", ".AAAA;")
        }) {
            assertEquals(438, verify(bad).status(), bad);
        }
        for (String header : new String[] {
            passport.header.replace("ES256", "none"),
            passport.header.replace("\"typ\"", "\"crit\":[\"x\"],\"typ\""),
            passport.header.replace("shaken", "evil"),
            "[]",
            "{\"alg\":\"ES256\",\"alg\":\"ES256\"}",
            "[".repeat(2000)
        }) {
            passport.header = header;
            fails(438);
        }
        assertTrue(fetched.isEmpty());
    }

    @Test
    void looksAtSomeHeadersAndNoMore() throws Exception {
        List<String> many = new ArrayList<>(Collections.nCopies(4, "junk"));
        many.add(passport.sign());
        assertEquals(Verdict.Verstat.FAILED, verify(many.toArray(String[]::new)).verstat());
    }

    @Test
    void asksNoAddressInside() throws Exception {
        for (String address : new String[] {
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "2002:7f00:1::",
            "64:ff9b::a00:1",
            "2001::1",
            "::ffff:10.0.0.1"
        }) {
            assertFalse(HttpsCertificates.isPublic(InetAddress.ofLiteral(address)), address);
        }
        assertTrue(HttpsCertificates.isPublic(InetAddress.ofLiteral("8.8.8.8")));
        assertTrue(HttpsCertificates.isPublic(InetAddress.ofLiteral("2a00:1450::1")));
        HttpsCertificates certificates = new HttpsCertificates(false);
        for (String url : new String[] {
            "http://8.8.8.8/x",
            "https://127.0.0.1/x",
            "https://8.8.8.8:22/x",
            "https://u@8.8.8.8/x",
            "file:///etc/passwd",
            "https:///x",
            "https://[::1]/",
            "not a url",
            "https://localhost/"
        }) {
            try {
                certificates.fetch(url, NOW);
                throw new AssertionError(url);
            } catch (BadIdentity e) {
                assertTrue(e.getMessage().startsWith("info is no HTTPS address"), url);
            }
        }
    }

    @FuzzTest
    void fuzzHeader(byte[] bytes) {
        try {
            IdentityHeader.parse(new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (BadIdentity e) {
            assertEquals(438, e.status());
        }
    }
}
