package io.copperline.gateway.carrier;

import io.copperline.codecs.audio.AudioLevel;
import io.copperline.codecs.audio.Cadence;
import io.copperline.codecs.audio.ToneShare;
import io.copperline.codecs.dtmf.DtmfDetector;
import io.copperline.codecs.dtmf.TelephoneEvent;
import io.copperline.codecs.dtmf.TelephoneEventReader;

/** Listens: is there sound, is it our tone, which digits. Owned by its phone's thread. */
final class Hearing implements TelephoneEventReader.Sink {
    /** In -dBov: what is weaker is silence, or the noise of a line. */
    private static final int SILENCE = 55;

    private static final double TONE_SHARE = 0.5;

    private final Voice voice;
    private final int eventType;
    private final DtmfDetector tones;
    private final ToneShare testTone;
    private final short[] pcm = new short[Voice.MOST_SAMPLES];
    private long lastEvent = -1;
    private volatile Heard heard = Heard.NOTHING;

    /** @param eventType of telephone-event; -1 where digits come as tones */
    Hearing(Voice voice, int eventType) {
        this.voice = voice;
        this.eventType = eventType;
        tones = new DtmfDetector(voice.rateHz());
        testTone = new ToneShare(Cadence.TEST_TONE_HZ, voice.rateHz());
    }

    Heard heard() {
        return heard;
    }

    /** A whole packet of RTP. */
    void onPacket(byte[] rtp, int length) {
        int off = headerBytes(rtp, length);
        if (off >= length) {
            return;
        }
        if ((rtp[1] & 0x7f) == eventType) {
            event(rtp, off, length);
            return;
        }
        int samples = voice.decode(rtp, off, length - off, pcm);
        if (samples <= 0) {
            return;
        }
        int millis = samples * 1000 / voice.rateHz();
        boolean sound = AudioLevel.dBov(pcm, 0, samples) < SILENCE;
        heard = heard.packet(sound ? millis : 0, sound && testTone.exceeds(TONE_SHARE, pcm, samples) ? millis : 0);
        if (eventType < 0) {
            tones.onSamples(pcm, 0, samples, 0, this);
        }
    }

    /** RFC 3550 section 5.1: the contributing sources, and the extension. */
    private static int headerBytes(byte[] rtp, int length) {
        int bytes = RtpDoor.RTP_HEADER_BYTES + 4 * (rtp[0] & 0x0f);
        boolean extended = (rtp[0] & 0x10) != 0;
        return extended && bytes + 4 <= length
                ? bytes + 4 + 4 * ((rtp[bytes + 2] & 0xff) << 8 | rtp[bytes + 3] & 0xff)
                : bytes;
    }

    /** RFC 4733 section 2.5.1.2: all packets of one event have its first timestamp. */
    private void event(byte[] rtp, int off, int length) {
        long timestamp = Wire32.read(rtp, 4) & 0xffff_ffffL;
        heard = heard.packet(0, 0);
        if (timestamp != lastEvent && length - off >= TelephoneEvent.PAYLOAD_BYTES) {
            lastEvent = timestamp;
            started(rtp[off] & 0xff, 0);
        }
    }

    @Override
    public void started(int event, long nowNanos) {
        if (TelephoneEvent.isDigit(event)) {
            heard = heard.digit(TelephoneEvent.digit(event));
        }
    }

    @Override
    public void ended(int event, int durationMillis) {
        // It was heard when it began.
    }
}
