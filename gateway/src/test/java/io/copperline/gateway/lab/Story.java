package io.copperline.gateway.lab;

import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.sip.SipEnd;
import io.copperline.sip.SipLegListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a leg was told, as words that tests wait for. */
final class Story implements SipLegListener {
    private final BlockingQueue<String> news = new LinkedBlockingQueue<>();
    private final List<String> all = new ArrayList<>();
    volatile NegotiatedAudio audio;
    volatile SipEnd end;

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
    public void ended(SipEnd ended) {
        end = ended;
        note("ended " + ended.by() + " " + ended.kind() + " " + ended.status());
    }

    synchronized boolean has(String event) {
        return all.contains(event);
    }

    private synchronized void note(String event) {
        all.add(event);
        news.add(event);
    }

    /** Waits until an event that begins so has come. */
    void await(String prefix) throws InterruptedException {
        while (true) {
            String event = news.poll(20, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("no \"" + prefix + "\" came, only " + all);
            }
            if (event.startsWith(prefix)) {
                return;
            }
        }
    }
}
