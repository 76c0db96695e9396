package io.copperline.gateway.it;

import io.copperline.webrtc.SessionDescription;
import io.copperline.webrtc.datachannel.DataChannel;
import io.copperline.webrtc.datachannel.DataChannelEvent;
import io.copperline.webrtc.datachannel.DataChannelInit;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The library by itself, against GStreamer's webrtcbin; the test carries the descriptions. */
class GStreamerAloneIT {
    private static final Duration SOUND = Duration.ofSeconds(4);

    @Test
    void answersAnOfferOfOurs() throws Exception {
        Path directory = Files.createDirectories(
                Path.of("target", "it", "GStreamerAloneIT").toAbsolutePath());
        try (Namespace namespace = Namespace.open();
                LibraryPeer ours = new LibraryPeer(InetAddress.ofLiteral(namespace.here()));
                GStreamer theirs = GStreamer.alone(namespace, directory)) {
            DataChannel channel = ours.on((peer, _) -> peer.createDataChannel("ours", DataChannelInit.DEFAULT));
            String offer = ours.on((peer, _) -> peer.createOffer().sdp());
            SessionDescription answer = SessionDescription.answer(theirs.answer(offer));
            ours.on((peer, nowNanos) -> {
                peer.setAnswer(answer, nowNanos);
                return true;
            });
            // What it hears is what it has said.
            Sounds.awaitTone(GStreamer.TONE_HZ, () -> theirs.hear(SOUND));
            theirs.await("channel", word -> word.get("label").asText().equals("ours"));
            ours.on((_, _) -> {
                channel.send("from us");
                return true;
            });
            theirs.await("message", word -> word.get("text").asText().equals("from us"));
            theirs.send("from them");
            DataChannelEvent expected = new DataChannelEvent.Text(channel, "from them");
            Await.until("their text", () -> ours.told().contains(expected));
            ours.on((_, _) -> {
                channel.close();
                return true;
            });
            theirs.await("channel", word -> word.get("state").asText().equals("close"));
            theirs.hangUp();
        }
    }
}
