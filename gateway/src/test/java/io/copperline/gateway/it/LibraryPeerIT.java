package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.webrtc.PeerConnection;
import io.copperline.webrtc.SessionDescription;
import io.copperline.webrtc.datachannel.DataChannel;
import io.copperline.webrtc.datachannel.DataChannelEvent;
import io.copperline.webrtc.datachannel.DataChannelInit;
import io.copperline.webrtc.jsep.SignalingState;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptions and data channels of the library by itself, against those of browsers; the test carries the descriptions. */
@ParameterizedClass
@MethodSource("sites")
class LibraryPeerIT {
    private static final Duration SOUND = Duration.ofSeconds(4);

    @Parameter
    private Site site;

    private LibraryPeer ours;
    private TestTab tab;

    static Stream<Site> sites() {
        return Site.ofEachBrowser(Stage.emptyDirectory(LibraryPeerIT.class));
    }

    @BeforeEach
    void open() {
        ours = new LibraryPeer(site.here());
        tab = site.browser().tab(site.page().uri(), Resource.text("/it/perfect-negotiation.js"));
    }

    @AfterEach
    void close() {
        ours.close();
        List<String> complaints = site.browser().complaints();
        site.browser().closeTabs();
        assertEquals(List.of(), complaints);
    }

    @Test
    void anOfferOfOursIsAnsweredAndOneOfTheBrowsersFollows() {
        tab.run("async () => { await meet(true); }");
        toBrowser(ours.on((peer, _) -> peer.createOffer()));
        carryUntilSettled(false);
        // Its track needs an offer of its own: the answer above could only receive.
        tab.run("() => { speak(); }");
        tab.until("outbox.length > 0");
        carryUntilSettled(false);
        assertHearsItself();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void offersThatCrossEndInOneAgreement(boolean weArePolite) {
        tab.run("async polite => { await meet(polite); speak(); }", !weArePolite);
        tab.until("outbox.length === 1 && pc.signalingState === 'have-local-offer'");
        SessionDescription offer = ours.on((peer, _) -> {
            peer.createDataChannel("ours", DataChannelInit.DEFAULT);
            return peer.createOffer();
        });
        assertEquals(weArePolite ? "ignored" : "taken", toBrowser(offer));
        carryUntilSettled(weArePolite);
        tab.until("channels.length === 1 && channels[0].label === 'ours'");
        assertHearsItself();
    }

    @Test
    void weChangeACallThatIsUp() {
        tab.run("async () => { await meet(true); speak(); }");
        tab.until("outbox.length > 0");
        carryUntilSettled(false);
        assertHearsItself();
        ours.on((peer, _) -> {
            peer.direction(MediaDirection.INACTIVE);
            return true;
        });
        carryUntilSettled(false);
        tab.until("pc.getTransceivers()[0].currentDirection === 'inactive'");
        DataChannel late = ours.on((peer, _) -> {
            peer.direction(MediaDirection.SENDRECV);
            return peer.createDataChannel("late", DataChannelInit.DEFAULT);
        });
        carryUntilSettled(false);
        tab.until("pc.getTransceivers()[0].currentDirection === 'sendrecv'");
        tab.until("channels[0]?.readyState === 'open'");
        tab.run("() => (channels[0].onmessage = ({ data }) => (window.heard = data))");
        ours.on((_, _) -> {
            late.send("here");
            return true;
        });
        tab.until("window.heard === 'here'");
        assertHearsItself();
    }

    @Test
    void textsAndBytesGoBothWaysOnChannelsOfEitherSide() throws Exception {
        tab.run("async () => { await meet(true); speak();"
                + " window.theirs = pc.createDataChannel('theirs', { protocol: 'p', ordered: false, maxRetransmits: 2 });"
                + " window.agreed = pc.createDataChannel('agreed', { negotiated: true, id: 7 }); }");
        DataChannel agreed = ours.on((peer, _) -> peer.createDataChannel("agreed", DataChannelInit.negotiated(7)));
        DataChannel mine =
                ours.on((peer, _) -> peer.createDataChannel("mine", DataChannelInit.protocol("copperline.test")));
        tab.until("outbox.length > 0");
        carryUntilSettled(true);
        tab.until("theirs.readyState === 'open' && agreed.readyState === 'open' && channels[0]?.readyState === 'open'");
        assertEquals(
                "mine copperline.test true",
                tab.run("() => [channels[0].label, channels[0].protocol, channels[0].ordered].join(' ')"));
        tab.run("() => { window.got = []; agreed.binaryType = 'arraybuffer';"
                + " agreed.onmessage = ({ data }) => got.push(data);"
                + " agreed.send('text'); agreed.send(''); agreed.send(new Uint8Array(0));"
                + " agreed.send(Uint8Array.from({ length: 200000 }, (_, i) => i * 7)); }");
        Await.until("four messages", () -> messages(agreed).size() == 4);
        byte[] large = new byte[200_000];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 7);
        }
        assertEquals(new DataChannelEvent.Text(agreed, "text"), messages(agreed).get(0));
        assertEquals(new DataChannelEvent.Text(agreed, ""), messages(agreed).get(1));
        assertEquals(0, bytes(messages(agreed).get(2)).length);
        assertArrayEquals(large, bytes(messages(agreed).get(3)));
        ours.on((_, _) -> {
            agreed.send("text");
            agreed.send("");
            agreed.send(new byte[0]);
            agreed.send(large);
            return true;
        });
        tab.until("got.length === 4");
        assertEquals(
                true,
                tab.run(
                        "() => got[0] === 'text' && got[1] === '' && got[2].byteLength === 0"
                                + " && got[3].byteLength === 200000 && new Uint8Array(got[3]).every((b, i) => b === (i * 7) % 256)"));
        Await.until("all is sent", () -> ours.on((_, _) -> agreed.bufferedAmount() == 0));
        DataChannel unordered = incoming();
        assertEquals(
                "theirs p false 2",
                unordered.label() + " " + unordered.protocol() + " " + unordered.ordered() + " "
                        + unordered.maxRetransmits().orElse(-1));
        ours.on((_, _) -> {
            mine.close();
            return true;
        });
        tab.until("channels[0].readyState === 'closed'");
        tab.run("() => theirs.close()");
        Await.until("closed", () -> ours.on((_, _) -> unordered.readyState() == DataChannel.ReadyState.CLOSED));
    }

    private List<DataChannelEvent> messages(DataChannel channel) {
        return ours.told().stream()
                .filter(e -> e instanceof DataChannelEvent.Text text && text.channel() == channel
                        || e instanceof DataChannelEvent.Binary binary && binary.channel() == channel)
                .toList();
    }

    private static byte[] bytes(DataChannelEvent event) {
        return ((DataChannelEvent.Binary) event).bytes();
    }

    private DataChannel incoming() {
        return ours.told().stream()
                .filter(DataChannelEvent.Incoming.class::isInstance)
                .map(event -> ((DataChannelEvent.Incoming) event).channel())
                .findFirst()
                .orElseThrow();
    }

    private void assertHearsItself() {
        tab.until("pc.connectionState === 'connected'");
        tab.startRecording("window.echo");
        tab.awaitMicrophone(() -> tab.recorded(SOUND));
    }

    private Object toBrowser(SessionDescription description) {
        String type = description.type().name().toLowerCase(Locale.ROOT);
        return tab.run("d => receive(d)", Map.of("type", type, "sdp", description.sdp()));
    }

    /** Carries descriptions to and fro until neither side has one, and both want nothing more. */
    private void carryUntilSettled(boolean weArePolite) {
        Await.until("both sides agree", () -> {
            Optional<SessionDescription> theirs = fromBrowser();
            Optional<SessionDescription> next = theirs.isPresent()
                    ? ours.on((peer, nowNanos) -> peer.onDescription(theirs.get(), weArePolite, nowNanos))
                    : ours.on((peer, _) -> needed(peer));
            next.ifPresent(this::toBrowser);
            return theirs.isEmpty()
                    && next.isEmpty()
                    && Boolean.TRUE.equals(tab.run("() => outbox.length === 0 && pc.signalingState === 'stable'"))
                    && ours.on((peer, _) -> peer.signalingState() == SignalingState.STABLE);
        });
    }

    private static Optional<SessionDescription> needed(PeerConnection peer) {
        return peer.negotiationNeeded() ? Optional.of(peer.createOffer()) : Optional.empty();
    }

    @SuppressWarnings("unchecked")
    private Optional<SessionDescription> fromBrowser() {
        Map<String, String> said = (Map<String, String>) tab.run("() => outbox.shift() ?? null");
        return Optional.ofNullable(said)
                .map(d -> d.get("type").equals("offer")
                        ? SessionDescription.offer(d.get("sdp"))
                        : SessionDescription.answer(d.get("sdp")));
    }
}
