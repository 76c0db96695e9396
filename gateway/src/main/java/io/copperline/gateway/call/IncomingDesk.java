package io.copperline.gateway.call;

import io.copperline.gateway.media.Media;
import io.copperline.gateway.media.Shard;
import io.copperline.gateway.route.RouteIn;
import io.copperline.gateway.webhook.Question;
import io.copperline.gateway.webhook.Webhooks;
import io.copperline.sip.IncomingCall;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where calls begin that trunks bring: each by its inbound rule, or by what that rule's web service says. Used from any thread. */
final class IncomingDesk {
    private static final Logger LOG = LoggerFactory.getLogger(IncomingDesk.class);
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    /** What becomes of a call that has been let in. */
    interface Beginning {
        /** Makes its home. */
        CallHome home(Shard shard, CallParties parties);

        CallId newId();

        /** It has begun. */
        void begun(InboundCall call, Shard shard);
    }

    private final CallPlanner planner;
    private final Admission admission;
    private final Media media;
    private final Webhooks webhooks;
    private final Beginning beginning;
    private final InstantSource clock;

    IncomingDesk(
            CallPlanner planner,
            Admission admission,
            Media media,
            Webhooks webhooks,
            Beginning beginning,
            InstantSource clock) {
        this.planner = planner;
        this.admission = admission;
        this.media = media;
        this.webhooks = webhooks;
        this.beginning = beginning;
        this.clock = clock;
    }

    void incoming(IncomingCall incoming, boolean stopping) {
        Optional<RouteIn> route = planner.inbound(incoming.to(), incoming.trunk());
        if (route.isEmpty()) {
            LOG.info("Trunk {} brought a call to {}, which no inbound route names", incoming.trunk(), incoming.to());
            incoming.refuse(NOT_FOUND, EndCode.NUMBER_NOT_FOUND.q850());
            return;
        }
        if (stopping || !isAdmitted()) {
            incoming.refuse(UNAVAILABLE, EndCode.CONGESTION.q850());
            return;
        }
        CallPermits.Entrance entrance = admission.inbound(incoming.trunk(), route.get(), clock.instant());
        begin(incoming, route.get(), entrance);
    }

    private boolean isAdmitted() {
        try {
            admission.inbound();
            return true;
        } catch (CallRefused e) {
            return false;
        }
    }

    private void begin(IncomingCall incoming, RouteIn route, CallPermits.Entrance entrance) {
        CallParties parties = new CallParties(
                CallSnapshot.Direction.INBOUND,
                "", // nobody's, until somebody's phone rings
                planner.shown(incoming.from(), incoming.trunk()),
                incoming.from().isEmpty(),
                planner.shown(incoming.to(), incoming.trunk()),
                OptionalInt.empty(),
                planner.details(incoming));
        Shard shard = media.pick();
        shard.execute(() -> {
            InboundCall call =
                    new InboundCall(beginning.newId(), parties, entrance.permits(), beginning.home(shard, parties));
            beginning.begun(call, shard);
            if (call.take(incoming)) {
                entrance.stopped()
                        .ifPresentOrElse(
                                limit -> call.refuse(LimitIn.of(limit)), () -> treat(call, incoming.trunk(), route));
            }
        });
    }

    private void treat(InboundCall call, String trunk, RouteIn route) {
        route.webhook()
                .ifPresentOrElse(
                        hook -> call.treat(webhooks.ask(hook, question(call, trunk), route.usual()), route.treatment()),
                        () -> call.treat(route.treatment()));
    }

    private static Question question(InboundCall call, String trunk) {
        CallParties parties = call.parties();
        CallDetails details = parties.details();
        return new Question(
                call.id().value(),
                trunk,
                parties.from(),
                parties.to(),
                details.name(),
                details.verstat(),
                details.diversion(),
                details.headers());
    }
}
