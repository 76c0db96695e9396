package io.copperline.gateway.media;

/** A data channel that the page opened, as a call uses it on its shard. Two of the same channel are equal. */
public interface PageChannel {
    String protocol();

    /** Sends a text; false where the page reads so slowly that it is not taken, or the channel is not open any more. */
    boolean send(String text);

    void close();
}
