package io.copperline.gateway.carrier;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.audio.Cadence;
import io.copperline.codecs.audio.ToneGenerator;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Plays a tone of 1020 Hz, a second on and a second off, presses keys, and listens. Its one thread looks at the socket and the time. */
final class TonePhone implements Phone {
    private static final long PACKET_NANOS = TimeUnit.SECONDS.toNanos(1) / Voice.PACKETS_A_SECOND;
    /** Whoever is further behind, as on a machine that slept, does not catch up. */
    private static final long MOST_BEHIND_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * What was agreed on.
     *
     * @param eventType the payload type of telephone-event; -1 for none
     * @param to where their answer wants audio
     */
    record Agreed(AudioCodec codec, int payloadType, int eventType, InetSocketAddress to) {}

    private final RtpDoor door;
    private final LongSupplier nanoTime;
    private final byte[] out = RtpDoor.buffer();
    private volatile Optional<Hearing> hearing = Optional.empty();
    private volatile Optional<Keypad> keypad = Optional.empty();
    private volatile boolean wanted = true;
    private volatile long sent;
    private long packets;
    private int sequence;
    private int timestamp;

    /** @param seed of its numbers */
    TonePhone(RtpDoor door, LongSupplier nanoTime, int seed) {
        this.door = door;
        this.nanoTime = nanoTime;
        sequence = seed & 0x7fff;
        timestamp = seed >>> 4;
    }

    /** Speaks and listens from now on; later answers change nothing. */
    void talk(AudioOffer answer, Agreed agreed, Optional<AudioOffer.Crypto> theirs) {
        if (hearing.isPresent()) {
            return;
        }
        Voice voice = Voice.of(agreed.codec());
        Set<Integer> types = agreed.eventType() < 0
                ? Set.of(agreed.payloadType())
                : Set.of(agreed.payloadType(), agreed.eventType());
        door.agree(answer, types, agreed.codec().clockRateHz(), theirs.map(AudioOffer.Crypto::key));
        Hearing ear = new Hearing(voice, agreed.eventType());
        Keypad keys = new Keypad(agreed.codec().clockRateHz() / Voice.PACKETS_A_SECOND);
        hearing = Optional.of(ear);
        keypad = Optional.of(keys);
        Thread.ofVirtual().name("tone").start(() -> run(agreed, voice, ear, keys));
    }

    /** Presses keys, one after the other. */
    void press(String digits, boolean asTones) {
        keypad.ifPresent(keys -> keys.press(digits, asTones));
    }

    Heard heard() {
        return hearing.map(Hearing::heard).orElse(Heard.NOTHING);
    }

    /** What the other side has told of our audio. */
    Reports.Told told() {
        return door.told();
    }

    /** How many packets have gone out. */
    long sent() {
        return sent;
    }

    private void run(Agreed agreed, Voice voice, Hearing ear, Keypad keys) {
        ToneGenerator tone = new ToneGenerator(voice.rateHz());
        tone.start(Cadence.TEST_TONE);
        ToneGenerator digit = new ToneGenerator(voice.rateHz());
        byte[] in = RtpDoor.buffer();
        short[] pcm = new short[voice.rateHz() / Voice.PACKETS_A_SECOND];
        long next = nanoTime.getAsLong();
        try (voice) {
            while (!door.isClosed()) {
                long wait = next - nanoTime.getAsLong();
                if (wait > 0) {
                    int length = door.receive(in, (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(wait)));
                    if (length > 0) {
                        ear.onPacket(in, length);
                    }
                    continue;
                }
                next += wait < -MOST_BEHIND_NANOS ? PACKET_NANOS - wait : PACKET_NANOS;
                tone.fill(pcm, 0, pcm.length);
                keys.tone().ifPresent(event -> digit.start(event, Keypad.PRESS_MILLIS));
                if (digit.active()) {
                    digit.fill(pcm, 0, pcm.length);
                }
                if (wanted) {
                    packet(agreed, voice, keys, pcm);
                }
                door.report();
                timestamp += agreed.codec().clockRateHz() / Voice.PACKETS_A_SECOND;
            }
        }
    }

    private void packet(Agreed agreed, Voice voice, Keypad keys, short[] pcm) {
        int digit = keys.write(out, RtpDoor.RTP_HEADER_BYTES, timestamp);
        int length = digit > 0 ? digit : voice.encode(pcm, out, RtpDoor.RTP_HEADER_BYTES);
        if (length <= 0) {
            return;
        }
        header(digit > 0 ? agreed.eventType() : agreed.payloadType(), digit > 0 ? keys.timestamp() : timestamp);
        if (packets == 0 || digit > 0 && keys.marker()) {
            out[1] |= (byte)
                    0x80; // RFC 3551 section 4.1: the first of a talkspurt; RFC 4733 section 2.5.1.1: of an event
        }
        door.send(out, RtpDoor.RTP_HEADER_BYTES + length, agreed.to());
        sequence++;
        packets++;
        sent = packets;
    }

    /** RFC 3550 section 5.1. */
    private void header(int payloadType, int at) {
        out[0] = (byte) 0x80;
        out[1] = (byte) payloadType;
        out[2] = (byte) (sequence >> 8);
        out[3] = (byte) sequence;
        Wire32.write(out, 4, at);
        Wire32.write(out, 8, door.ssrc());
    }

    @Override
    public void directed(String theirs) {
        wanted = theirs.equals("sendrecv") || theirs.equals("recvonly");
    }

    @Override
    public RtpDoor door() {
        return door;
    }
}
