package io.copperline.gateway.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.copperline.gateway.call.CallDetails;
import io.copperline.gateway.call.CallEvent;
import io.copperline.gateway.call.CallSnapshot;
import io.copperline.gateway.call.Presence;
import io.copperline.gateway.media.LegRating;
import io.copperline.gateway.media.MediaQuality;
import java.util.Locale;

/** How calls and their events look in JSON, the same in both faces. */
final class Wire {
    private Wire() {}

    /** The event's name: the {@code event:} field of server-sent events, {@code event} on the WebSocket. */
    static String name(CallEvent event) {
        return switch (event) {
            case CallEvent.Trying _ -> "trying";
            case CallEvent.Ringing _ -> "ringing";
            case CallEvent.EarlyMedia _ -> "early-media";
            case CallEvent.NextTrunk _ -> "next-trunk";
            case CallEvent.Answered _ -> "answered";
            case CallEvent.Dtmf _ -> "dtmf";
            case CallEvent.DtmfFailed _ -> "dtmf-failed";
            case CallEvent.Hold _ -> "hold";
            case CallEvent.Media _ -> "media";
            case CallEvent.Quality _ -> "quality";
            case CallEvent.Redirected _ -> "redirected";
            case CallEvent.Transfer _ -> "transfer";
            case CallEvent.Ended _ -> "ended";
        };
    }

    /** Adds what the event says to {@code json}. */
    static ObjectNode describe(CallEvent event, ObjectNode json) {
        json.put("at", event.at().toString());
        switch (event) {
            case CallEvent.Dtmf dtmf ->
                json.put("digit", String.valueOf(dtmf.digit()))
                        .put("durationMillis", dtmf.durationMillis())
                        .put("direction", spelled(dtmf.direction()))
                        .put("via", spelled(dtmf.via()));
            case CallEvent.DtmfFailed failed ->
                json.put("digit", String.valueOf(failed.digit())).put("sipStatus", failed.sipStatus());
            case CallEvent.NextTrunk failed ->
                json.put("trunk", failed.trunk()).put("code", failed.code().wireName());
            case CallEvent.Hold hold -> json.put("held", hold.held()).put("by", spelled(hold.by()));
            case CallEvent.Media media -> media(media, json);
            case CallEvent.Quality heard -> quality(heard.quality(), json);
            case CallEvent.Redirected redirected -> json.put("to", redirected.to());
            case CallEvent.Transfer transfer -> transfer(transfer, json);
            case CallEvent.Ended ended ->
                json.put("code", ended.code().wireName())
                        .put("sipStatus", ended.sipStatus())
                        .put("q850", ended.q850())
                        .put("by", spelled(ended.by()))
                        .put("remedy", ended.code().remedy());
            case CallEvent.Trying _, CallEvent.Ringing _, CallEvent.EarlyMedia _, CallEvent.Answered _ -> {}
        }
        return json;
    }

    static ObjectNode snapshot(CallSnapshot call) {
        ObjectNode json = Json.object()
                .put("id", call.id().value())
                .put("direction", spelled(call.direction()))
                .put("state", spelled(call.state()))
                .put("from", call.from())
                .put("to", call.to())
                .put("trunk", call.trunk())
                .put("startedAt", call.startedAt().toString());
        call.answeredAt().ifPresent(at -> json.put("answeredAt", at.toString()));
        if (!call.quality().equals(MediaQuality.UNKNOWN)) {
            json.set("quality", quality(call.quality(), Json.object()));
        }
        call.ended().ifPresent(ended -> json.set("ended", describe(ended, Json.object())));
        return json;
    }

    /** Adds what a call that rings tells to {@code json}; members that it has nothing for are missing. */
    static ObjectNode incoming(Presence.IncomingCall call, ObjectNode json) {
        json.put("call", call.id().value()).put("from", call.from()).put("to", call.to());
        CallDetails details = call.details();
        details.name().ifPresent(name -> json.put("name", name));
        details.diversion()
                .ifPresent(who -> json.putObject("diversion")
                        .put("number", who.number())
                        .put("reason", who.reason().wireName())
                        .put("withheld", who.withheld()));
        if (!details.headers().isEmpty()) {
            details.headers().forEach(json.putObject("headers")::put);
        }
        if (!details.verstat().isEmpty()) {
            json.put("verstat", details.verstat());
        }
        return json;
    }

    private static void transfer(CallEvent.Transfer transfer, ObjectNode json) {
        json.put("state", spelled(transfer.state())).put("by", spelled(transfer.by()));
        if (!transfer.to().isEmpty()) {
            json.put("to", transfer.to());
        }
        if (transfer.sipStatus() != 0) {
            json.put("sipStatus", transfer.sipStatus());
        }
    }

    private static void media(CallEvent.Media media, ObjectNode json) {
        json.put("code", spelled(media.code()))
                .put("side", spelled(media.side()))
                .put("since", media.since().toString());
        String remedy = media.code().remedy(media.side() == CallEvent.Side.TRUNK);
        if (!remedy.isEmpty()) {
            json.put("remedy", remedy);
        }
    }

    private static ObjectNode quality(MediaQuality quality, ObjectNode json) {
        quality.browser().ifPresent(leg -> json.set("browser", rating(leg)));
        quality.trunk().ifPresent(leg -> json.set("trunk", rating(leg)));
        return json;
    }

    private static ObjectNode rating(LegRating leg) {
        ObjectNode json = Json.object().put("mos", leg.mos()).put("lossPercent", leg.lossPercent());
        if (leg.sentLossPercent() >= 0) {
            json.put("sentLossPercent", leg.sentLossPercent());
        }
        json.put("jitterMillis", leg.jitterMillis());
        if (leg.roundTripMillis() >= 0) {
            json.put("roundTripMillis", leg.roundTripMillis());
        }
        return json.put("delayMillis", leg.delayMillis());
    }

    /** An enum constant as the API spells it: {@code TO_PHONE} is {@code to-phone}. */
    static String spelled(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
