package io.copperline.gateway.media;

import io.copperline.codecs.audio.AudioLevel;
import io.copperline.codecs.audio.NoiseFloor;

/**
 * When a phone that takes comfort noise is told of silence rather than sent it (RFC 3389). Owned by one direction.
 *
 * <pre>
 *  200 ms without sound ............... a pause: described at once, and every 200 ms
 *  sound, louder than was described ... is sent, from its first frame on
 *  sound that is not .................. still the pause: an Opus sender's, which renews its own noise by a frame every 400 ms;
 *                                       the third such frame in a row is sent
 *  a digit, music, a new agreement .... is sent, and so is what follows it for 200 ms
 * </pre>
 *
 * <p>What is described is the noise that would have been sent. Where that is silence (who is muted, holds or is gone sends none), it is
 * the room as it was behind the voice, and silence where nobody has been heard.
 */
final class DiscontinuousTransmission {
    private static final int HANGOVER_MILLIS = 200;
    /** Short beside any time-out of a carrier's or a NAT's, and so that one that is lost is hardly missed. */
    private static final int REPEAT_MILLIS = 200;

    private static final int HARDLY_LOUDER = 3;
    private static final int RENEWING_FRAMES = 2;
    /** A room that seems louder was music, or a street that one word after the other hid. */
    private static final int LOUDEST_ROOM = 45;

    private final NoiseFloor room = new NoiseFloor();
    private int soundlessMillis;
    private int renewing;
    private int sinceMillis = REPEAT_MILLIS;
    private int noise = AudioLevel.SILENCE;
    private int described = AudioLevel.SILENCE;

    /** Something is to be sent, whatever there is to be heard. */
    void interrupt() {
        soundlessMillis = 0;
        renewing = 0;
        sinceMillis = REPEAT_MILLIS;
    }

    /**
     * The next 20 ms.
     *
     * @param nothing whether they were made up, since nothing has come
     * @param level in -dBov
     */
    void hear(boolean nothing, int level) {
        boolean silent = level >= MediaWatch.SILENT_PHONE;
        if (!nothing && !silent) {
            room.hear(level);
            if (!paused() || level < described - HARDLY_LOUDER || ++renewing > RENEWING_FRAMES) {
                interrupt();
                return;
            }
        } else {
            renewing = 0;
        }
        soundlessMillis = Math.min(HANGOVER_MILLIS, soundlessMillis + TrunkSpeech.TICK_MILLIS);
        noise = silent ? AudioLevel.SILENCE : level;
    }

    /** Whether silence is described rather than sent. */
    boolean paused() {
        return soundlessMillis >= HANGOVER_MILLIS;
    }

    /** A packet time of the pause: whether it is to be described now. */
    boolean due(int packetMillis) {
        boolean due = sinceMillis + packetMillis > REPEAT_MILLIS;
        sinceMillis = due ? packetMillis : sinceMillis + packetMillis;
        return due;
    }

    /** How loud the pause is, in -dBov. */
    int describe() {
        described = noise < AudioLevel.SILENCE ? noise : Math.max(LOUDEST_ROOM, room.level());
        return described;
    }
}
