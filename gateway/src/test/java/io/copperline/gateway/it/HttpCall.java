package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.webrtc.SessionDescription;
import io.copperline.webrtc.datachannel.DataChannel;
import io.copperline.webrtc.datachannel.DataChannelEvent;
import io.copperline.webrtc.datachannel.DataChannelInit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A call of alice's without a browser: placed by the HTTP API, with a peer of the library that sends back what it hears. */
final class HttpCall implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVENTS = "copperline.events";

    private final GatewayProcess gateway;
    private final String token;
    private final LibraryPeer peer = new LibraryPeer(InetAddress.getLoopbackAddress());
    private final Optional<DataChannel> channel;
    private final String path;

    /** @param query of the call beside its number */
    private HttpCall(GatewayProcess gateway, String token, String number, String query, boolean withChannel) {
        this.gateway = gateway;
        this.token = token;
        channel = withChannel
                ? Optional.of(peer.on((own, _) -> own.createDataChannel("call", DataChannelInit.protocol(EVENTS))))
                : Optional.empty();
        SessionDescription offer = peer.on((own, _) -> own.createOffer());
        HttpResponse<String> placed = gateway.send(request("/v1/calls?to=" + escaped(number) + query)
                .header("Content-Type", "application/sdp")
                .POST(BodyPublishers.ofString(offer.sdp())));
        assertEquals(201, placed.statusCode(), placed::body);
        path = placed.headers().firstValue("Location").orElseThrow();
        peer.on((own, now) -> {
            own.setAnswer(SessionDescription.answer(placed.body()), now);
            return true;
        });
    }

    static HttpCall place(GatewayProcess gateway, String number) {
        return new HttpCall(gateway, Tokens.alice(), number, "", false);
    }

    /** With where alice is, as a {@code geo:} URI. */
    static HttpCall placeFrom(GatewayProcess gateway, String number, String location) {
        return new HttpCall(gateway, Tokens.alice(), number, "&location=" + escaped(location), false);
    }

    /** With a data channel, on which the call's events are heard as they happen, and keys are pressed. */
    static HttpCall placeWithChannel(GatewayProcess gateway, String number) {
        return new HttpCall(gateway, Tokens.alice(), number, "", true);
    }

    /** What the data channel has told so far: names, and what goes with some of them. */
    List<String> told() {
        return peer.told().stream()
                .filter(DataChannelEvent.Text.class::isInstance)
                .map(event -> ((DataChannelEvent.Text) event).text())
                .map(text -> words(member(text, "event"), text))
                .toList();
    }

    void awaitTold(String words) {
        try {
            Await.until("", () -> told().contains(words));
        } catch (AssertionError e) {
            throw new AssertionError(
                    "\"" + words + "\" is not among what was told in a call that is " + state() + ": " + told(), e);
        }
    }

    void press(String digits) {
        DataChannel open = channel.orElseThrow();
        Await.until("the channel is open", () -> peer.on((_, _) -> open.readyState() == DataChannel.ReadyState.OPEN));
        peer.on((_, _) -> {
            open.send("{\"type\":\"digits\",\"digits\":\"" + digits + "\"}");
            return true;
        });
    }

    /** Listens no more, or again. */
    void hold(boolean held) {
        SessionDescription offer = peer.on((own, _) -> {
            own.direction(held ? MediaDirection.INACTIVE : MediaDirection.SENDRECV);
            return own.createOffer();
        });
        HttpResponse<String> taken = gateway.send(request(path)
                .header("Content-Type", "application/sdp")
                .method("PATCH", BodyPublishers.ofString(offer.sdp())));
        assertEquals(200, taken.statusCode(), taken::body);
        peer.on((own, now) -> {
            own.setAnswer(SessionDescription.answer(taken.body()), now);
            return true;
        });
    }

    String id() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Asks for a transfer; the answer's status and code, such as {@code 202} or {@code 502 transfer-refused}. */
    String transfer(String query) {
        HttpResponse<String> response =
                gateway.send(request(path + "/transfer?" + query).POST(BodyPublishers.noBody()));
        return response.body().isEmpty()
                ? "" + response.statusCode()
                : response.statusCode() + " " + member(response.body(), "code");
    }

    String transferTo(String number) {
        return transfer("to=" + escaped(number));
    }

    void hangUp() {
        assertEquals(204, gateway.send(request(path).DELETE()).statusCode());
    }

    String state() {
        return member(gateway.send(request(path).GET()).body(), "state");
    }

    void awaitState(String state) {
        Await.until("the call is " + state, () -> state().equals(state));
    }

    /** All its events once it is over: names, and what transfers say. */
    List<String> story() {
        awaitState("ended");
        String[] event = {""};
        return gateway.send(request(path + "/events").GET())
                .body()
                .lines()
                .mapMulti((String line, java.util.function.Consumer<String> out) -> {
                    if (line.startsWith("event: ")) {
                        event[0] = line.substring(7);
                    } else if (line.startsWith("data: ")) {
                        out.accept(words(event[0], line.substring(6)));
                    }
                })
                .filter(words -> !words.matches("media .*|quality|early-media"))
                .toList();
    }

    private static String words(String event, String data) {
        return switch (event) {
            case "transfer" -> "transfer " + member(data, "state") + " by " + member(data, "by");
            case "redirected" -> "redirected to " + member(data, "to");
            case "ended" -> "ended " + member(data, "code");
            case "dtmf" ->
                "dtmf " + member(data, "digit") + " " + member(data, "direction") + " by " + member(data, "via");
            case "dtmf-failed" -> "dtmf-failed " + member(data, "digit") + " " + member(data, "sipStatus");
            case "hold" -> (member(data, "held").equals("true") ? "held by " : "resumed by ") + member(data, "by");
            case "media" -> "media " + member(data, "code") + " of " + member(data, "side");
            default -> event;
        };
    }

    private static String member(String json, String name) {
        try {
            return JSON.readTree(json).path(name).asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpRequest.Builder request(String where) {
        return HttpRequest.newBuilder(gateway.uri(where)).header("Authorization", "Bearer " + token);
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        if (!state().equals("ended")) {
            hangUp();
        }
        peer.close();
    }
}
