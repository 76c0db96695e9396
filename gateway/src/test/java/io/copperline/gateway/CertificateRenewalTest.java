package io.copperline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.webrtc.PeerConnection;
import io.copperline.webrtc.PeerSettings;
import io.copperline.webrtc.dtls.DtlsCertificate;
import io.copperline.webrtc.ice.IceCandidate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateRenewalTest {
    private static final Instant START = Instant.parse("2026-11-26T10:00:00Z");

    private final SecureRandom random = new SecureRandom();
    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final AtomicReference<DtlsCertificate> inUse = new AtomicReference<>();

    @TempDir
    Path directory;

    private Path file;
    private CertificateRenewal renewal;

    @BeforeEach
    void start() {
        file = directory.resolve("data").resolve("dtls.pem");
        inUse.set(CertificateFile.loadOrCreate(file, random, START));
        renewal = new CertificateRenewal(file, inUse::get, inUse::set, random, now::get);
    }

    private void pass(Duration time) {
        now.updateAndGet(at -> at.plus(time));
        renewal.run();
    }

    @Test
    void neverLetsCertificateEndInYearsOfRunning() throws IOException {
        int renewals = 0;
        for (int day = 0; day < 3 * 365; day++) {
            DtlsCertificate before = inUse.get();
            pass(Duration.ofDays(1));
            renewals += before.equals(inUse.get()) ? 0 : 1;
            assertTrue(inUse.get().expires().isAfter(now.get().plus(Duration.ofDays(29))));
            assertEquals(inUse.get().pem(), Files.readString(file));
        }
        assertEquals(3, renewals);
        assertEquals(
                inUse.get().fingerprint(),
                CertificateFile.loadOrCreate(file, random, now.get()).fingerprint(),
                "the next start goes on with it");
    }

    @Test
    void callThatIsUpKeepsTheOneItsBrowserWasTold() {
        PeerConnection live = peer();
        String told = live.createOffer().sdp();
        String fingerprint = inUse.get().fingerprint().write();
        assertTrue(told.contains(fingerprint));
        pass(Duration.ofDays(340));
        assertNotEquals(fingerprint, inUse.get().fingerprint().write());
        live.rollback();
        assertTrue(live.createOffer().sdp().contains(fingerprint));
        assertTrue(peer().createOffer().sdp().contains(inUse.get().fingerprint().write()));
    }

    private PeerConnection peer() {
        var candidate = IceCandidate.host(new InetSocketAddress(InetAddress.getLoopbackAddress(), 10_000), 0);
        var settings = PeerSettings.gateway(List.of(candidate), List.of(AudioCodec.OPUS));
        return new PeerConnection(settings, inUse.get(), random, Runnable::run, () -> {}, 0, 0);
    }

    @Test
    void goesOnWithTheOldOneWhereTheNewOneCannotBeKept() throws IOException {
        DtlsCertificate old = inUse.get();
        Files.delete(file);
        Files.delete(file.getParent());
        Files.writeString(file.getParent(), "no directory");
        pass(Duration.ofDays(340));
        assertSame(old, inUse.get());
        assertThrows(StartFailed.class, () -> CertificateFile.loadOrCreate(file, random, now.get()));
        Files.delete(file.getParent());
        pass(Duration.ofHours(1));
        assertNotEquals(old.fingerprint(), inUse.get().fingerprint());
        assertFalse(Files.readString(file).isEmpty());
    }
}
