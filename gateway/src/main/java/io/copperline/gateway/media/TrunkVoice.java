package io.copperline.gateway.media;

import io.copperline.codecs.audio.ComfortNoise;
import io.copperline.codecs.dtmf.TelephoneEventRelay;
import io.copperline.codecs.sdp.NegotiatedAudio;

/** What we say on a trunk, packet by packet: a digit in place of sound while it lasts. Owned by one direction. */
final class TrunkVoice {
    /** Opus that passes (RFC 6716 section 3.4); what we make ourselves stays below. */
    static final int MAX_PAYLOAD_BYTES = 1_275;

    private final DigitsToTrunk digits;
    private final byte[] packet = new byte[TrunkStream.HEADROOM_BYTES + MAX_PAYLOAD_BYTES + TrunkStream.TAILROOM_BYTES];
    private boolean spoken;

    TrunkVoice(DigitsToTrunk digits) {
        this.digits = digits;
    }

    /** Says a packet time of sound, or the digit that is due. */
    void say(
            TrunkStream to,
            NegotiatedAudio audio,
            Encoding encoding,
            short[] pcm,
            int samples,
            long timestamp,
            long nowNanos) {
        if (audio.sendTelephoneEventPayloadType() >= 0 && sayDigit(to, audio, timestamp, nowNanos)) {
            return;
        }
        int at = TrunkStream.HEADROOM_BYTES;
        int len = encoding.encode(pcm, 0, samples, packet, at);
        // RFC 3551 section 4.1: the marker begins a talkspurt, and so does what follows a digit.
        spoken |= to.send(packet, at, len, audio.sendPayloadType(), timestamp, !spoken, nowNanos);
    }

    private boolean sayDigit(TrunkStream to, NegotiatedAudio audio, long timestamp, long nowNanos) {
        int at = TrunkStream.HEADROOM_BYTES;
        TelephoneEventRelay relay = digits.relay();
        int len = relay.write(packet, at, timestamp);
        if (len == 0) {
            return false;
        }
        int type = audio.sendTelephoneEventPayloadType();
        to.send(packet, at, len, type, relay.timestamp(), relay.marker(), nowNanos);
        spoken = false;
        return true;
    }

    /** Says how loud the pause is (RFC 3389 section 4: without the marker, which what follows it has). */
    void describe(TrunkStream to, int level, long timestamp, long nowNanos) {
        int at = TrunkStream.HEADROOM_BYTES;
        int len = ComfortNoise.write(level, packet, at);
        to.send(packet, at, len, NegotiatedAudio.COMFORT_NOISE_PAYLOAD_TYPE, timestamp, false, nowNanos);
        spoken = false;
    }

    /** Says a payload as it is, at once. */
    void pass(
            TrunkStream to,
            byte[] buf,
            int payloadOff,
            int payloadLen,
            int payloadType,
            long timestamp,
            boolean marker,
            long nowNanos) {
        int at = TrunkStream.HEADROOM_BYTES;
        System.arraycopy(buf, payloadOff, packet, at, payloadLen);
        spoken |= to.send(packet, at, payloadLen, payloadType, timestamp, marker, nowNanos);
        to.flush();
    }
}
