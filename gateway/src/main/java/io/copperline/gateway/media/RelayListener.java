package io.copperline.gateway.media;

import io.copperline.gateway.media.RelayMedia.Side;

/** What a call between two phones hears of its audio, on its shard. */
public interface RelayListener {
    /** The first audio has come from this phone. */
    void audioStarted(Side from);

    /** A phone has sent nothing for so long that nobody can be there. */
    void audioEnded(Side from);

    /** A key has gone on to this phone, by its trunk's way. */
    void digit(Side to, char digit, int durationMillis, DigitPath path);

    /** A key is to go on to this phone by SIP INFO. */
    void digitForInfo(Side to, char digit, int durationMillis);

    /** Something is wrong with a phone's audio, or right again, since then (in the shard's {@code nowNanos}). */
    void trouble(Side of, MediaTrouble trouble, long sinceNanos);

    /** A bug came up in the audio, which is no more. */
    void audioFailed();
}
