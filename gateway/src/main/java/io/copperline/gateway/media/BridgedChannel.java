package io.copperline.gateway.media;

import io.copperline.webrtc.datachannel.DataChannel;
import io.copperline.webrtc.datachannel.SendRefused;

/** A channel of the browser's peer. */
record BridgedChannel(DataChannel channel) implements PageChannel {
    @Override
    public String protocol() {
        return channel.protocol();
    }

    @Override
    public boolean send(String text) {
        try {
            channel.send(text);
            return true;
        } catch (SendRefused e) {
            return false;
        }
    }

    @Override
    public void close() {
        channel.close();
    }
}
