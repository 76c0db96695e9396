package io.copperline.gateway.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.copperline.gateway.call.CallEvent;
import io.copperline.gateway.call.CallId;
import io.copperline.gateway.call.CallRefused;
import io.copperline.gateway.call.PlaceCall;
import io.copperline.gateway.call.PlacedCall;
import io.copperline.gateway.call.Presence;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The calls that one tab has to do with: those it follows, those that ring in it, those it picked up or declined. */
final class TabCalls {
    private static final int MAX_FEEDS = 32;

    private final Tab tab;
    private final Services services;
    private final Map<CallId, CallFeed> feeds = new HashMap<>();
    private final Set<CallId> ringing = new HashSet<>();
    private final Set<CallId> taken = new HashSet<>();
    private final Map<CallId, Presence.Reason> withheld = new HashMap<>();

    TabCalls(Tab tab, Services services) {
        this.tab = tab;
        this.services = services;
    }

    void place(ClientMessage.Call call, WebUser user) {
        needFreshToken();
        var request = new PlaceCall(
                user.name(),
                call.to(),
                call.from(),
                user.limits(),
                call.offer(),
                call.name(),
                call.headers(),
                call.location());
        services.loop()
                .await(services.calls().place(request))
                .onSuccess(placed -> begun(Json.object().put("ref", call.ref()), placed, user))
                .onFailure(failure -> tab.error(call.about(), failure));
    }

    void answer(ClientMessage.Answer answer, WebUser user) {
        needFreshToken();
        CallId id = answer.call();
        taken.add(id);
        services.loop()
                .await(services.calls().answer(id, user.name(), answer.offer()))
                .onSuccess(placed -> {
                    forget(id);
                    begun(Json.object(), placed, user);
                })
                .onFailure(failure -> notAnswered(answer, failure));
    }

    private void notAnswered(ClientMessage.Answer answer, Throwable failure) {
        CallId id = answer.call();
        tab.error(answer.about(), failure);
        if (failure instanceof CallRefused refused && refused.code() == CallRefused.Code.ALREADY_ANSWERED) {
            withheld.putIfAbsent(id, Presence.Reason.ANSWERED_ELSEWHERE);
        }
        giveBack(id);
    }

    /** Our answer or refusal came to nothing: what we did not pass on meanwhile, the tab must hear now. */
    private void giveBack(CallId id) {
        taken.remove(id);
        Presence.Reason reason = withheld.remove(id);
        if (reason != null) {
            stopRinging(id, reason);
        }
    }

    /** Tells the tab its SDP answer; if the tab is gone, nobody will ever speak in this call. */
    private void begun(ObjectNode about, PlacedCall placed, WebUser user) {
        if (tab.isClosed()) {
            services.calls().hangUp(placed.id(), user.name());
            return;
        }
        ObjectNode json = Tab.message("answer").setAll(about);
        tab.send(json.put("call", placed.id().value()).put("sdp", placed.answer()));
        follow("answer", placed.id(), user, 0);
    }

    void decline(ClientMessage.Decline decline, WebUser user) {
        CallId id = decline.call();
        taken.add(id);
        services.loop()
                .await(services.calls().decline(id, user.name()))
                .onSuccess(_ -> forget(id))
                .onFailure(failure -> {
                    tab.error(decline.about(), failure);
                    giveBack(id);
                });
    }

    void renegotiate(ClientMessage.Renegotiate wish, WebUser user) {
        services.loop()
                .await(services.calls().renegotiate(wish.call(), user.name(), wish.offer()))
                .onSuccess(answer -> tab.send(Tab.message("renegotiated")
                        .put("call", wish.call().value())
                        .put("sdp", answer)))
                .onFailure(failure -> tab.error(wish.about(), failure));
    }

    void candidates(ClientMessage.Candidates candidates, WebUser user) {
        services.loop()
                .await(services.calls().onFragment(candidates.call(), user.name(), candidates.sdpfrag()))
                .onSuccess(restarted -> restarted.ifPresent(ours -> tab.send(Tab.message("restarted")
                        .put("call", candidates.call().value())
                        .put("sdpfrag", ours))))
                .onFailure(failure -> tab.error(candidates.about(), failure));
    }

    void transfer(ClientMessage.Transfer wish, WebUser user) {
        needFreshToken();
        CompletionStage<Void> begun = wish.to().isPresent()
                ? services.calls().transfer(wish.call(), user.name(), wish.to().get(), user.limits())
                : services.calls()
                        .transfer(wish.call(), user.name(), wish.other().orElseThrow());
        services.loop()
                .await(begun)
                .onSuccess(_ -> tab.send(
                        Tab.message("transferring").put("call", wish.call().value())))
                .onFailure(failure -> tab.error(wish.about(), failure));
    }

    void hangUp(ClientMessage.Hangup hangup, WebUser user) {
        services.loop()
                .await(services.calls().hangUp(hangup.call(), user.name()))
                .onFailure(failure -> tab.error(hangup.about(), failure));
    }

    void resume(ClientMessage.Resume resume, WebUser user) {
        follow("resume", resume.call(), user, resume.after());
    }

    private void follow(String why, CallId id, WebUser user, int after) {
        CallFeed old = feeds.remove(id);
        if (old != null) {
            old.close();
        }
        if (feeds.size() >= MAX_FEEDS) {
            tab.error(about(why, id), new CallRefused(CallRefused.Code.TOO_MANY_CALLS, "One tab follows 32 calls."));
            return;
        }
        CallFeed.open(services.calls(), services.loop(), id, user, after, (number, event) -> tell(id, number, event))
                .onSuccess(feed -> followed(id, feed))
                .onFailure(failure -> tab.error(about(why, id), failure));
    }

    private void followed(CallId id, CallFeed feed) {
        if (tab.isClosed()) {
            feed.close();
        } else if (!feed.isOver()) {
            CallFeed twin = feeds.put(id, feed);
            if (twin != null) {
                twin.close();
            }
        }
    }

    private void tell(CallId id, int number, CallEvent event) {
        ObjectNode json = Tab.message("event")
                .put("call", id.value())
                .put("number", number)
                .put("event", Wire.name(event));
        tab.send(Wire.describe(event, json));
        if (event instanceof CallEvent.Ended) {
            feeds.remove(id);
        }
    }

    void ring(Presence.IncomingCall call) {
        if (!tab.isClosed() && ringing.add(call.id())) {
            tab.send(Wire.incoming(call, Tab.message("incoming")));
        }
    }

    /** Passes it on, but not to the tab that took the call: it knows. */
    void stopRinging(CallId id, Presence.Reason reason) {
        if (taken.contains(id)) {
            withheld.put(id, reason);
        } else if (ringing.remove(id)) {
            tab.send(Tab.message("stop-ringing").put("call", id.value()).put("reason", Wire.spelled(reason)));
        }
    }

    private void forget(CallId id) {
        taken.remove(id);
        ringing.remove(id);
        withheld.remove(id);
    }

    private void needFreshToken() {
        if (!tab.mayRing()) {
            throw TokenVerifier.unauthorized("it has expired; send a new one with the message \"token\"");
        }
    }

    private static ObjectNode about(String message, CallId id) {
        return Json.object().put("about", message).put("call", id.value());
    }

    void close() {
        feeds.values().forEach(CallFeed::close);
        feeds.clear();
        ringing.clear();
    }
}
