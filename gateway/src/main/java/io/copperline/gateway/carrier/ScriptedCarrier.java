package io.copperline.gateway.carrier;

import io.copperline.codecs.Secret;
import io.copperline.config.CarrierHabits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A carrier with habits: the sockets and the thread of a {@link UserAgentServer}. What it has found is read from any thread. */
public final class ScriptedCarrier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScriptedCarrier.class);
    private static final String REALM = "carrier.test";
    /** Beyond that, messages are dropped: whoever sends so many is not tested any more. */
    private static final int MOST_WAITING = 1000;

    /** Hears what happens; called on the carrier's thread. */
    public interface Listener {
        void violation(Violation violation);

        /** A call that was answered has been hung up. */
        default void callEnded() {}
    }

    private final Door door;
    private final Complaints complaints;
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final UserAgentServer server;
    private final Dialer dialer;
    private final Self self;
    private final String username;
    private final ScheduledThreadPoolExecutor loop = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("carrier").daemon().factory());

    private ScriptedCarrier(
            CarrierHabits habits,
            Door door,
            InetAddress here,
            String username,
            Secret password,
            SecureRandom random,
            LongSupplier nanoTime,
            Listener listener) {
        this.door = door;
        this.username = username;
        complaints = new Complaints(listener::violation);
        self = new Self(habits, new InetSocketAddress(here, door.port()), unguessed(random));
        Credentials credentials = new Credentials(username, password, REALM, unguessed(random));
        loop.setRemoveOnCancelPolicy(true);
        Later later = (what, millis) -> {
            Future<?> due = loop.schedule(guarded(what), millis, TimeUnit.MILLISECONDS);
            return () -> due.cancel(false);
        };
        RtpDoor.Parts audio = new RtpDoor.Parts(
                here, habits.reporting(), random, nanoTime, violation -> post(() -> complaints.add(violation)));
        Calls.Phones phones = (offer, formats, theirs) -> new EchoPhone(audio, offer, formats, theirs);
        Calls calls = new Calls(self, phones, later, () -> callEnded(listener));
        Registrar registrar = new Registrar(habits, credentials, later);
        dialer = new Dialer(
                new PlacedCall.Parts(
                        self, calls, later, nanoTime, new DigestAnswer(username, password, unguessed(random))),
                registrar,
                encrypted -> new TonePhone(new RtpDoor(audio, encrypted), nanoTime, random.nextInt()),
                () -> unguessed(random));
        server = new UserAgentServer(
                self, credentials, new Insistence(habits, username), registrar, calls, complaints, dialer::on);
    }

    /**
     * One that listens.
     *
     * @param at where; the address stands in its messages, too. Port 0 takes a free one
     * @param tls its certificate, where the habits say TLS
     * @param username its one account
     * @param random where nonces, tags and keys come from: one that nobody guesses
     * @param nanoTime the clock of its own calls
     * @throws IOException where the port is taken
     */
    public static ScriptedCarrier start(
            CarrierHabits habits,
            InetSocketAddress at,
            Optional<SSLContext> tls,
            String username,
            Secret password,
            SecureRandom random,
            LongSupplier nanoTime,
            Listener listener)
            throws IOException {
        Door door = Door.open(habits.transport(), at, tls);
        ScriptedCarrier carrier =
                new ScriptedCarrier(habits, door, at.getAddress(), username, password, random, nanoTime, listener);
        door.listen(carrier::message);
        return carrier;
    }

    private void message(byte[] message, Reply reply) {
        if (waiting.get() >= MOST_WAITING) {
            return;
        }
        waiting.incrementAndGet();
        post(() -> {
            waiting.decrementAndGet();
            server.on(message, reply);
        });
    }

    private void callEnded(Listener listener) {
        ended.incrementAndGet();
        listener.callEnded();
    }

    /**
     * Makes a call.
     *
     * @param gateway whom it goes to; empty: the account's registered contact, as soon as there is one
     * @param told of the outcome, once, on the carrier's thread
     */
    public void call(CallOrder order, Optional<InetSocketAddress> gateway, Consumer<CallOutcome> told) {
        post(() -> gateway.ifPresentOrElse(
                peer -> dialer.call(
                        order, self.addressOf(username, peer), refused -> door.way(peer, () -> post(refused)), told),
                () -> dialer.callRegistered(order, told)));
    }

    private static String unguessed(SecureRandom random) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void post(Runnable what) {
        try {
            loop.execute(guarded(what));
        } catch (RejectedExecutionException e) {
            // It has been closed.
        }
    }

    /** The one place for bugs: one message is lost, and the next one is looked at. */
    private static Runnable guarded(Runnable what) {
        return () -> {
            try {
                what.run();
            } catch (RuntimeException e) {
                LOG.error("the scripted carrier failed over a message", e);
            }
        };
    }

    /** The port it listens on. */
    public int port() {
        return door.port();
    }

    /** What it would not have taken, so far; the first thousand. */
    public List<Violation> violations() {
        return complaints.all();
    }

    /** How many calls were answered and hung up by BYE. */
    public int calls() {
        return ended.get();
    }

    @Override
    public void close() {
        door.close();
        post(() -> {
            dialer.close();
            server.close();
            loop.shutdownNow();
        });
    }
}
