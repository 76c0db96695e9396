package io.copperline.gateway.doctor;

import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.gateway.call.EndCodes;
import io.copperline.gateway.media.DigitPath;
import io.copperline.gateway.media.Media;
import io.copperline.gateway.media.Shard;
import io.copperline.gateway.media.TrunkPhone;
import io.copperline.gateway.media.TrunkPhone.Hearing;
import io.copperline.sip.OutgoingCall;
import io.copperline.sip.SipEnd;
import io.copperline.sip.SipLeg;
import io.copperline.sip.SipLegListener;
import io.copperline.sip.Trunk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A call on the trunk: whether it is answered, what is heard of it and by it, and whether a digit comes back. It blocks whoever
 * asks; the call itself belongs to a shard.
 */
final class CallCheck implements SipLegListener, TrunkPhone.Listener {
    private static final Duration SETTLE = Duration.ofSeconds(1);
    private static final Duration LISTEN = Duration.ofSeconds(3);
    /** RFC 3550 section 6.2: a report comes every 5 s, half as much again at worst. */
    private static final Duration REPORT = Duration.ofSeconds(8);

    private static final Duration DIGIT = Duration.ofSeconds(3);
    private static final Duration GOODBYE = Duration.ofSeconds(5);
    /** What servers that say nothing may take, beside the ringing. */
    private static final Duration REACHING = Duration.ofSeconds(40);

    private static final Duration STEP = Duration.ofMillis(50);
    private static final Duration SHARD = Duration.ofSeconds(5);
    private static final char KEY = '5';
    private static final int NORMAL = 16;
    private static final double MUCH_LOSS_PERCENT = 5;

    private static final String MEDIA_FIX =
            "set media.advertise or the trunk's media-address to where the carrier reaches this machine,"
                    + " and open media.trunk-ports in the firewall";

    private final Findings findings;
    private final Trunk line;
    private final Shard shard;
    private final TrunkPhone phone;
    private final CompletableFuture<Optional<SipEnd>> answered = new CompletableFuture<>();
    private final CompletableFuture<SipEnd> ended = new CompletableFuture<>();
    private final CompletableFuture<DigitPath> keyWent = new CompletableFuture<>();
    private final CompletableFuture<String> keyCame = new CompletableFuture<>();
    private SipLeg leg;

    CallCheck(Findings findings, Trunk line, Media media) {
        this.findings = findings;
        this.line = line;
        shard = media.pick();
        phone = new TrunkPhone(media, shard, line.settings(), this);
    }

    /** Takes every step of it. */
    void run(OutgoingCall call) {
        findings.begin();
        try {
            boolean talking = place(call);
            for (Runnable step : List.<Runnable>of(this::listen, this::report, this::press)) {
                if (talking && !ended.isDone()) {
                    step.run();
                }
            }
        } finally {
            hangUp();
        }
    }

    private boolean place(OutgoingCall call) {
        LocalAudio local;
        try {
            local = onShard(phone::open).toCompletableFuture().join();
        } catch (CompletionException e) {
            findings.fail("call", "no free ports for its audio", "give media.trunk-ports more ports");
            return false;
        }
        onShard(() -> leg = line.call(call, local, shard, this));
        Duration patience = line.settings().ringTimeout().plus(REACHING);
        Optional<SipEnd> refused;
        try {
            refused = answered.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            findings.fail("call", "neither an answer nor a refusal came", "look into the log with log.level: debug");
            return false;
        }
        refused.ifPresentOrElse(
                end -> findings.fail("call", end.reason(), EndCodes.of(end).remedy()),
                () -> findings.pass(
                        "call",
                        "answered: "
                                + onShard(leg::audio).map(CallWords::agreed).orElse("")));
        return refused.isEmpty();
    }

    private void listen() {
        findings.begin();
        until(_ -> false, SETTLE); // Code that runs for the first time is slow, and so would be the tone.
        doOnShard(phone::sayTone);
        Hearing hearing = until(_ -> false, LISTEN);
        long received = hearing.figures().packetsReceived();
        if (received == 0) {
            findings.fail("audio-in", "not one packet of audio came", MEDIA_FIX);
        } else if (CallWords.lossPercent(hearing) > MUCH_LOSS_PERCENT) {
            findings.fail(
                    "audio-in",
                    CallWords.heard(hearing),
                    "look for a slow or overloaded link between here and the carrier");
        } else {
            findings.pass("audio-in", CallWords.heard(hearing));
        }
    }

    /** What becomes of what we say can be known in two ways only: by RTCP, and by an echo. */
    private void report() {
        findings.begin();
        Hearing hearing = until(h -> h.sentLossPercent() >= 0, REPORT);
        doOnShard(phone::sayNothing);
        String echo = hearing.toneBackMillis() >= 0
                ? "our test tone came back after " + hearing.toneBackMillis() + " ms"
                : "our test tone did not come back";
        if (hearing.sentLossPercent() > MUCH_LOSS_PERCENT) {
            findings.fail(
                    "audio-out",
                    CallWords.reported(hearing),
                    "look for a slow or overloaded link between here and the carrier");
        } else if (hearing.sentLossPercent() >= 0) {
            findings.pass("audio-out", CallWords.reported(hearing) + "; " + echo);
        } else if (hearing.toneBackMillis() >= 0) {
            findings.pass("audio-out", echo + "; the other side sends no RTCP");
        } else {
            findings.open(
                    "audio-out",
                    "not known: " + echo + ", and the other side sends no RTCP. Call a number that echoes");
        }
    }

    private void press() {
        findings.begin();
        doOnShard(() -> phone.press(KEY));
        // A near echo has returned it before its last packet has gone out.
        until(_ -> keyCame.isDone() && keyWent.isDone(), DIGIT);
        DigitPath went = keyWent.getNow(null);
        if (went == null) {
            findings.fail("dtmf", "the digit " + KEY + " did not go out", "try another dtmf: for this trunk");
        } else if (keyCame.isDone()) {
            findings.pass("dtmf", KEY + " went out " + CallWords.sent(went) + ", and came back " + keyCame.join());
        } else {
            findings.open(
                    "dtmf",
                    KEY + " went out " + CallWords.sent(went)
                            + "; nothing came back. Call a number that returns digits");
        }
    }

    private void hangUp() {
        boolean early =
                ended.isDone() && answered.getNow(Optional.of(ended.join())).isEmpty();
        if (early) {
            findings.begin();
            findings.fail("hang-up", "the other side hung up before we did", "call a number that stays for 20 s");
        }
        doOnShard(this::leave);
        try {
            if (leg != null) {
                ended.orTimeout(GOODBYE.toMillis(), TimeUnit.MILLISECONDS).join();
            }
        } catch (CompletionException e) {
            findings.begin();
            findings.fail(
                    "hang-up",
                    "our BYE got no answer",
                    "the carrier must reach the address in our Contact; see sip.advertise");
        } finally {
            doOnShard(phone::close);
        }
    }

    private void leave() {
        if (leg != null) {
            leg.hangUp(NORMAL);
        }
    }

    /** What is heard once this is so, or the time is up, or the call is over. */
    private Hearing until(Predicate<Hearing> wanted, Duration longest) {
        long end = findings.nowNanos() + longest.toNanos();
        Hearing hearing = onShard(phone::hearing);
        while (!wanted.test(hearing) && !ended.isDone() && findings.nowNanos() - end < 0) {
            LockSupport.parkNanos(STEP.toNanos());
            hearing = onShard(phone::hearing);
        }
        return hearing;
    }

    private void doOnShard(Runnable task) {
        CompletableFuture.runAsync(task, shard)
                .orTimeout(SHARD.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private <T> T onShard(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, shard)
                .orTimeout(SHARD.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    @Override
    public void trying() {
        // What counts is the answer.
    }

    @Override
    public void ringing() {
        // As above.
    }

    @Override
    public void audio(NegotiatedAudio negotiated, boolean early) {
        phone.agreed(negotiated);
    }

    @Override
    public void answered() {
        answered.complete(Optional.empty());
    }

    @Override
    public void dtmf(char digit, int durationMillis) {
        came(digit, "as SIP INFO");
    }

    @Override
    public void dtmfSent(char digit, int durationMillis, int status) {
        if (status / 100 == 2) {
            keyWent.complete(DigitPath.INFO);
        } else if (status != 0) {
            phone.digitRefused(digit, durationMillis);
        }
    }

    @Override
    public void digitFromPhone(char digit, int durationMillis, DigitPath path) {
        came(digit, CallWords.sent(path));
    }

    private void came(char digit, String how) {
        if (digit == KEY) {
            keyCame.complete(how);
        }
    }

    @Override
    public void digitToPhone(char digit, int durationMillis, DigitPath path) {
        keyWent.complete(path);
    }

    @Override
    public void digitForInfo(char digit, int durationMillis) {
        leg.sendInfoDtmf(digit, durationMillis);
    }

    @Override
    public void audioFailed() {
        leg.hangUp(NORMAL);
    }

    @Override
    public void ended(SipEnd end) {
        answered.complete(Optional.of(end));
        ended.complete(end);
    }
}
