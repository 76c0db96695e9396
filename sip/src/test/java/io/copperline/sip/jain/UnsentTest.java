package io.copperline.sip.jain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.copperline.sip.wire.WireFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import javax.net.ssl.SSLHandshakeException;
import javax.sip.SipException;
import org.junit.jupiter.api.Test;

class UnsentTest {
    @Test
    void saysWhyThereIsNoConnection() {
        assertEquals(
                new Unsent(WireFailure.UNREACHABLE, "not sent: Connection refused"),
                Unsent.of(new ConnectException("Connection refused")));
        assertEquals(
                new Unsent(WireFailure.UNREACHABLE, "no such host"), Unsent.of(new UnknownHostException("carrier")));
    }

    @Test
    void saysWhoseCertificateIsNotGood() {
        Exception path = new CertPathValidatorException(
                "validity check failed", new CertificateExpiredException("NotAfter: Thu Nov 26 12:00:00 UTC 2026"));
        Exception expired = new SipException("stack", new SSLHandshakeException("PKIX path validation failed", path));
        assertEquals(
                new Unsent(
                        WireFailure.BAD_CERTIFICATE,
                        "the carrier's certificate is not good: NotAfter: Thu Nov 26 12:00:00 UTC 2026"),
                Unsent.of(expired));
        Exception ours = new SSLHandshakeException("(unknown_ca) Received fatal alert: unknown_ca");
        assertEquals(new Unsent(WireFailure.HANDSHAKE_REFUSED, "the carrier refused TLS: unknown_ca"), Unsent.of(ours));
    }

    @Test
    void tellsNothingOfTheRequestItself() {
        Exception whole =
                new SipException("stack", new IOException("x Problem connecting ...\nAuthorization: Digest secret"));
        assertEquals("not sent: x", Unsent.of(whole).what());
        assertEquals(
                "not sent: ".length() + 120,
                Unsent.of(new IOException("x".repeat(500))).what().length());
    }
}
