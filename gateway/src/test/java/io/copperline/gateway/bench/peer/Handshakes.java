package io.copperline.gateway.bench.peer;

import io.copperline.webrtc.dtls.DtlsCertificate;
import io.copperline.webrtc.dtls.DtlsRole;
import io.copperline.webrtc.dtls.DtlsTransport;
import io.copperline.webrtc.dtls.SrtpUse;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.crypto.KeyAgreement;

/**
 * DTLS handshakes between two transports of ours. Each side's errands run on a thread of its own, whose processor time is that
 * side's cost; carrying datagrams is the owner's, and not in it.
 */
final class Handshakes {
    private static final byte[] MESSAGE = new byte[200];

    /** A side's errands, one after the other. */
    private static final class Errands implements Executor {
        private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
        private final Thread thread = Thread.ofPlatform().daemon().start(this::run);

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        private void run() {
            try {
                while (true) {
                    tasks.take().run();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final SecureRandom random = new SecureRandom();
    private final DtlsCertificate certificate = DtlsCertificate.create(random, Instant.now());
    private final Errands clients = new Errands();
    private final Errands servers = new Errands();
    private final Semaphore woken = new Semaphore(0);

    /** Milliseconds of processor time for each handshake. */
    record Cost(double client, double server) {}

    Cost run(int count) throws InterruptedException {
        long client = Processor.nanos(clients.thread);
        long server = Processor.nanos(servers.thread);
        for (int i = 0; i < count; i++) {
            shakeHands();
        }
        return new Cost(
                (Processor.nanos(clients.thread) - client) / 1e6 / count,
                (Processor.nanos(servers.thread) - server) / 1e6 / count);
    }

    private void shakeHands() throws InterruptedException {
        DtlsTransport client = transport(clients, DtlsRole.CLIENT);
        DtlsTransport server = transport(servers, DtlsRole.SERVER);
        while (client.state() != DtlsTransport.State.CONNECTED || server.state() != DtlsTransport.State.CONNECTED) {
            boolean moved = carry(client, server);
            moved |= carry(server, client);
            if (!moved && !woken.tryAcquire(1, TimeUnit.MILLISECONDS)) {
                client.onTime(System.nanoTime());
                server.onTime(System.nanoTime());
            }
            if (client.state() == DtlsTransport.State.FAILED || server.state() == DtlsTransport.State.FAILED) {
                throw new IllegalStateException("a handshake has failed: " + client.failure() + server.failure());
            }
        }
        client.close();
        server.close();
        woken.drainPermits();
    }

    private DtlsTransport transport(Executor errands, DtlsRole role) {
        DtlsTransport transport = new DtlsTransport(random, errands, woken::release, System.nanoTime());
        transport.start(role, certificate, List.of(certificate.fingerprint()), SrtpUse.REQUIRED);
        return transport;
    }

    private static boolean carry(DtlsTransport from, DtlsTransport to) {
        Optional<byte[]> datagram = from.nextDatagram();
        datagram.ifPresent(bytes -> to.onDatagram(bytes, 0, bytes.length));
        return datagram.isPresent();
    }

    /**
     * What one side computes, by the Java runtime's own code: a key made and one agreed on (ECDHE), a signature made and one checked
     * (ECDSA), all on P-256. Milliseconds of processor time.
     */
    double curvesOfRuntime(int count) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        KeyPair theirs = generator.generateKeyPair();
        Signature signer = Signature.getInstance("SHA256withECDSA");
        long began = Processor.nanos();
        for (int i = 0; i < count; i++) {
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(generator.generateKeyPair().getPrivate());
            agreement.doPhase(theirs.getPublic(), true);
            agreement.generateSecret();
            signer.initSign(theirs.getPrivate(), random);
            signer.update(MESSAGE);
            byte[] signature = signer.sign();
            signer.initVerify(theirs.getPublic());
            signer.update(MESSAGE);
            if (!signer.verify(signature)) {
                throw new IllegalStateException("a signature of ours is wrong");
            }
        }
        return (Processor.nanos() - began) / 1e6 / count;
    }
}
