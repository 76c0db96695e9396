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

    private final DigitListener listener;
    private TelephoneEventReader reader = new TelephoneEventReader(8_000);
    private DtmfDetector detector = new DtmfDetector(Workshop.NARROW_HZ);
    private int timestampRateHz = 8_000;
    private int durationRateHz = 8_000;
    private boolean listening;
    private boolean byInfo;
    private int lastTone = -1;
    private long lastToneNanos;

    private final TelephoneEventReader.Sink packets = new Told(DigitPath.RFC4733);
    private final TelephoneEventReader.Sink tones = new Told(DigitPath.INBAND);

    DigitsFromTrunk(DigitListener listener) {
        this.listener = listener;
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

    /** The sound of the last 20 ms. */
    void onSamples(short[] pcm, int samples, long nowNanos) {
        if (listening) {
            detector.onSamples(pcm, 0, samples, nowNanos, tones);
        }
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

    /** The page hears of a key when its length is known. */
    private final class Told implements TelephoneEventReader.Sink {
        private final DigitPath path;

        Told(DigitPath path) {
            this.path = path;
        }

        @Override
        public void started(int event, long nowNanos) {
            if (path == DigitPath.INBAND) {
                lastTone = event;
                lastToneNanos = nowNanos;
            }
        }

        @Override
        public void ended(int event, int durationMillis) {
            listener.digitFromPhone(TelephoneEvent.digit(event), durationMillis, path);
        }
    }
}
