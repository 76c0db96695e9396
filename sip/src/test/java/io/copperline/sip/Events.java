package io.copperline.sip;

import io.copperline.codecs.sdp.NegotiatedAudio;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A listener that keeps what it is told, as words, so that tests can wait for it. */
final class Events implements SipLegListener {
    final BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    final List<String> all = new ArrayList<>();
    volatile NegotiatedAudio audio;
    volatile SipEnd end;
    volatile Referral referral;
    volatile IncomingCall replacement;

    @Override
    public void trying() {
        note("trying");
    }

    @Override
    public void ringing() {
        note("ringing");
    }

    @Override
    public void audio(NegotiatedAudio negotiated, boolean early) {
        audio = negotiated;
        note((early ? "early " : "audio ") + negotiated.codec() + " " + negotiated.direction());
    }

    @Override
    public void answered() {
        note("answered");
    }

    @Override
    public void dtmf(char digit, int durationMillis) {
        note("dtmf " + digit + " " + durationMillis);
    }

    @Override
    public void dtmfSent(char digit, int durationMillis, int status) {
        note("sent " + digit + " " + durationMillis + " " + status);
    }

    @Override
    public void referred(Referral wish) {
        referral = wish;
        note("referred " + wish.to().user());
    }

    @Override
    public void replaced(IncomingCall by) {
        replacement = by;
        note("replaced");
    }

    @Override
    public void ended(SipEnd ended) {
        end = ended;
        note("ended " + ended.by() + " " + ended.kind() + " " + ended.status());
    }

    private synchronized void note(String event) {
        all.add(event);
        queue.add(event);
    }

    synchronized long count(String prefix) {
        return all.stream().filter(event -> event.startsWith(prefix)).count();
    }

    /** Waits until an event that begins so has come, and gives it. */
    String await(String prefix) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            String event = queue.poll(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (event == null) {
                throw new AssertionError("no \"" + prefix + "\" came, only " + all);
            }
            if (event.startsWith(prefix)) {
                return event;
            }
        }
    }
}
