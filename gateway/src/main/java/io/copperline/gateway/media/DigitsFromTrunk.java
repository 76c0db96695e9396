package io.copperline.gateway.media;

import io.copperline.codecs.dtmf.DtmfDetector;
import io.copperline.codecs.dtmf.TelephoneEvent;
import io.copperline.codecs.dtmf.TelephoneEventReader;
import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.sip.DtmfMode;

/**
 * The phone's digits: as telephone-event where that is agreed on, otherwise as the tones that are heard in the sound, until SIP INFO
 * says that the trunk sends them so.
 */
final class DigitsFromTrunk {
    /** A phone that sends INFO and tones says both within this time. */
    private static final long SAME_PRESS_NANOS = 2_000_000_000L;

    private final TelephoneEventReader.Sink packets;
    private final TelephoneEventReader.Sink tones;
    private TelephoneEventReader reader = new TelephoneEventReader(8_000);
    private DtmfDetector detector = new DtmfDetector(Workshop.NARROW_HZ);
    private int timestampRateHz = 8_000;
    private int durationRateHz = 8_000;
    private boolean listening;
    private boolean byInfo;
    private int lastTone = -1;
    private long lastToneNanos;

    /** The listener hears of a key when its length is known. */
    DigitsFromTrunk(DigitListener listener) {
        this(new Told(listener, DigitPath.RFC4733), new Told(listener, DigitPath.INBAND));
    }

    /** Keys go on while they are down. */
    DigitsFromTrunk(TelephoneEventReader.Sink onward) {
        this(onward, onward);
    }

    private DigitsFromTrunk(TelephoneEventReader.Sink packets, TelephoneEventReader.Sink tones) {
        this.packets = packets;
        this.tones = new Remembered(tones);
    }

    /** What the trunk's SDP has come to. */
    void agreed(NegotiatedAudio audio, DtmfMode mode) {
        int codecHz = audio.codec().clockRateHz();
        int namedHz = audio.telephoneEventClockRateHz();
        if (codecHz != timestampRateHz || namedHz != durationRateHz) {
            reader.reset(packets);
            timestampRateHz = codecHz;
            durationRateHz = namedHz;
            reader = TelephoneEventReader.besideCodec(codecHz, namedHz);
        }
        boolean events = audio.receiveTelephoneEventPayloadType() >= 0;
        if (listening && events) {
            detector.reset(tones);
        }
        listening = !events && !byInfo && mode != DtmfMode.INFO;
    }

    /** The rate of the sound from now on. */
    void rate(int hz) {
        detector.reset(tones);
        detector = new DtmfDetector(hz);
    }

    /** SIP INFO has brought a digit, and will bring the others; false where its tone was heard already. */
    boolean onInfo(int event, long nowNanos) {
        detector.reset(tones);
        boolean known = listening && event == lastTone && nowNanos - lastToneNanos < SAME_PRESS_NANOS;
        byInfo = true;
        listening = false;
        return !known;
    }

    /** A packet of the trunk's payload type for digits, in clear. */
    void onPacket(byte[] buf, int off, int len, long nowNanos) {
        int header = RtpHeader.headerLength(buf, off);
        int payload = Math.max(0, RtpHeader.payloadLength(buf, off, len));
        reader.onPacket(buf, off + header, payload, RtpHeader.timestamp(buf, off), nowNanos, packets);
    }

    /** Whether tones are keys. */
    boolean listening() {
        return listening;
    }

    /** The sound of the last 20 ms. */
    void onSamples(short[] pcm, int off, int samples, long nowNanos) {
        if (listening) {
            detector.onSamples(pcm, off, samples, nowNanos, tones);
        }
    }

    /** A key that is heard down comes up. */
    void endTone() {
        detector.reset(tones);
    }

    void onTime(long nowNanos) {
        reader.onTime(nowNanos, packets);
    }

    /** The trunk's leg is gone. */
    void reset() {
        reader.reset(packets);
        detector.reset(tones);
        listening = false;
        byInfo = false;
    }

    /** The last tone is known again when INFO tells of it, too. */
    private final class Remembered implements TelephoneEventReader.Sink {
        private final TelephoneEventReader.Sink sink;

        Remembered(TelephoneEventReader.Sink sink) {
            this.sink = sink;
        }

        @Override
        public void started(int event, long nowNanos) {
            lastTone = event;
            lastToneNanos = nowNanos;
            sink.started(event, nowNanos);
        }

        @Override
        public void ended(int event, int durationMillis) {
            sink.ended(event, durationMillis);
        }
    }

    private record Told(DigitListener listener, DigitPath path) implements TelephoneEventReader.Sink {
        @Override
        public void started(int event, long nowNanos) {
            // Its length is not known yet.
        }

        @Override
        public void ended(int event, int durationMillis) {
            listener.digitFromPhone(TelephoneEvent.digit(event), durationMillis, path);
        }
    }
}
