package io.copperline.gateway.media;

import io.copperline.codecs.audio.ToneGenerator;
import io.copperline.codecs.dtmf.TelephoneEvent;
import io.copperline.codecs.dtmf.TelephoneEventReader;
import io.copperline.codecs.dtmf.TelephoneEventRelay;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.sip.DtmfMode;
import java.util.ArrayDeque;

/**
 * The browser's digits on their way to the phone: as telephone-event where the trunk takes them, otherwise by the trunk's
 * setting. The listener is told of each digit how it went out.
 */
final class DigitsToTrunk implements TelephoneEventReader.Sink, TelephoneEventRelay.Outcome {
    private static final int MAX_WAITING = 64;
    private static final int SHORTEST_TONE_MILLIS = 60;
    private static final int GAP_MILLIS = 60;

    private record Tone(int event, int durationMillis) {}

    private final DigitListener listener;
    private final TelephoneEventRelay relay;
    private ToneGenerator tones = new ToneGenerator(Workshop.NARROW_HZ);
    private final ArrayDeque<Tone> waiting = new ArrayDeque<>();
    private DigitPath path = DigitPath.RFC4733;
    private DtmfMode mode = DtmfMode.AUTO;
    private boolean telephoneEvent;
    private boolean infoRefused;
    private boolean playing;
    private int rateHz = Workshop.NARROW_HZ;
    private int gapSamples;

    DigitsToTrunk(DigitListener listener) {
        this.listener = listener;
        relay = new TelephoneEventRelay(8_000, TrunkSpeech.TICK_MILLIS, this);
    }

    /** The trunk's setting, and what its SDP has come to. */
    void path(DtmfMode setting, NegotiatedAudio audio) {
        mode = setting;
        telephoneEvent = audio.sendTelephoneEventPayloadType() >= 0;
        relay.packetTime(audio.ptimeMillis());
        relay.clocks(audio.codec().clockRateHz(), audio.telephoneEventClockRateHz());
        path = switch (setting) {
            case RFC4733 -> DigitPath.RFC4733;
            case AUTO -> telephoneEvent ? DigitPath.RFC4733 : infoRefused ? DigitPath.INBAND : DigitPath.INFO;
            case INFO -> DigitPath.INFO;
            case INBAND -> DigitPath.INBAND;
        };
    }

    /** The rate of the sound from now on; a tone that is being played begins again. */
    void rate(int hz) {
        rateHz = hz;
        tones = new ToneGenerator(hz);
        playing = false;
        gapSamples = 0;
    }

    /** Whether they go as telephone-event. */
    boolean areEvents() {
        return telephoneEvent && path == DigitPath.RFC4733;
    }

    /** Queues whole presses; false, and none of them, where they would be too many. */
    boolean press(String keys, int durationMillis, long nowNanos) {
        if (keys.length() + Math.max(relay.pending(), waiting.size()) > MAX_WAITING) {
            return false;
        }
        for (int i = 0; i < keys.length(); i++) {
            int event = TelephoneEvent.event(keys.charAt(i));
            started(event, nowNanos);
            ended(event, durationMillis);
        }
        return true;
    }

    /** Whether nothing is played or waits. */
    boolean idle() {
        return relay.pending() == 0 && waiting.isEmpty() && !playing && gapSamples <= 0;
    }

    TelephoneEventRelay relay() {
        return relay;
    }

    @Override
    public void started(int event, long nowNanos) {
        if (path == DigitPath.RFC4733) {
            relay.started(event, nowNanos);
        }
    }

    @Override
    public void lasts(int durationMillis) {
        if (path == DigitPath.RFC4733) {
            relay.lasts(durationMillis);
        }
    }

    @Override
    public void ended(int event, int durationMillis) {
        switch (path) {
            case RFC4733 -> relay.ended(event, durationMillis);
            case INFO -> listener.digitForInfo(TelephoneEvent.digit(event), durationMillis);
            case INBAND -> tone(event, durationMillis);
        }
    }

    private void tone(int event, int durationMillis) {
        if (waiting.size() < MAX_WAITING) {
            waiting.add(new Tone(event, Math.max(SHORTEST_TONE_MILLIS, durationMillis)));
        }
    }

    /** The trunk takes no INFO with a digit: this one is a tone, and so are all that follow; false where the trunk is set to INFO. */
    boolean infoRefused(int event, int durationMillis) {
        if (mode != DtmfMode.AUTO) {
            return false;
        }
        infoRefused = true;
        path = path == DigitPath.INFO ? DigitPath.INBAND : path;
        tone(event, durationMillis);
        return true;
    }

    /** What the next trunk takes is not known yet. */
    void trunkGone() {
        infoRefused = false;
    }

    @Override
    public void sent(int event, int durationMillis) {
        listener.digitToPhone(TelephoneEvent.digit(event), durationMillis, DigitPath.RFC4733);
    }

    @Override
    public void dropped(int event) {
        // 64 digits wait already: a machine is pressing keys. The relay counts them.
    }

    /** Puts the tone that is due in the place of the speech; the phone must hear nothing else meanwhile. */
    void overlay(short[] pcm, int off, int samples) {
        if (gapSamples > 0) {
            gapSamples -= samples;
            return;
        }
        if (!playing && !waiting.isEmpty()) {
            tones.start(waiting.getFirst().event(), waiting.getFirst().durationMillis());
            playing = true;
        }
        if (!playing) {
            return;
        }
        tones.fill(pcm, off, samples);
        if (!tones.active()) {
            Tone played = waiting.removeFirst();
            playing = false;
            gapSamples = GAP_MILLIS * rateHz / 1_000;
            listener.digitToPhone(TelephoneEvent.digit(played.event()), played.durationMillis(), DigitPath.INBAND);
        }
    }
}
