package io.copperline.gateway.media;

/** What a call hears of its audio, on its shard. */
public interface MediaListener extends DigitListener {
    /** ICE and DTLS are done; the browser hears and is heard. */
    void browserConnected();

    /** The browser leg is over. */
    void browserFailed(BrowserFailure why);

    /** The first audio has come from the trunk leg. */
    void trunkAudioStarted();

    /** The trunk has sent nothing for so long that nobody can be there. */
    void trunkAudioEnded();

    /** The page opened a data channel. What is done with it is done on the call's shard. */
    void channelOpened(PageChannel channel);

    /** A text came over a data channel. */
    void channelText(PageChannel channel, String text);

    /** A data channel is closed. */
    void channelClosed(PageChannel channel);

    /** A bug came up in the audio, which is no more. */
    void audioFailed();

    /** How both legs sound: the first time, and whenever that has changed so much that people notice. */
    void quality(MediaQuality quality);

    /** Something is wrong with the audio, or right again, since then (in the shard's {@code nowNanos}). */
    void trouble(MediaTrouble trouble, boolean ofTrunk, long sinceNanos);
}
