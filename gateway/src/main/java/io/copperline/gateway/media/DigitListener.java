package io.copperline.gateway.media;

/** Who hears of digits on their way to the phone and from it, on the call's shard. */
public interface DigitListener {
    /** A digit has gone out, in this way. */
    void digitToPhone(char digit, int durationMillis, DigitPath path);

    /** A digit must go out as SIP INFO; whoever sends it knows what becomes of it. */
    void digitForInfo(char digit, int durationMillis);

    /** The phone pressed a key, and it came in this way. */
    void digitFromPhone(char digit, int durationMillis, DigitPath path);
}
