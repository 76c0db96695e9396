package io.copperline.gateway;

import io.copperline.codecs.audio.Opus;
import io.copperline.codecs.audio.OpusMissing;
import io.copperline.config.CopperlineSettings;
import io.copperline.gateway.call.Admission;
import io.copperline.gateway.call.CallDesk;
import io.copperline.gateway.call.CallObserver;
import io.copperline.gateway.call.CallSnapshot;
import io.copperline.gateway.lab.LabCarrier;
import io.copperline.gateway.media.Media;
import io.copperline.gateway.media.MediaUnavailable;
import io.copperline.gateway.ops.Health;
import io.copperline.gateway.ops.Metrics;
import io.copperline.gateway.ops.Schedule;
import io.copperline.gateway.record.CallRecord;
import io.copperline.gateway.record.CallRecordStore;
import io.copperline.gateway.record.RecordRetention;
import io.copperline.gateway.record.RecordsUnavailable;
import io.copperline.gateway.route.CarrierNumbers;
import io.copperline.gateway.route.Numbers;
import io.copperline.gateway.route.Routes;
import io.copperline.gateway.web.EventMessages;
import io.copperline.gateway.web.Extras;
import io.copperline.gateway.web.LabTokens;
import io.copperline.gateway.web.WebServer;
import io.copperline.gateway.web.WebServerFailed;
import io.copperline.gateway.web.WebUsers;
import io.copperline.gateway.webhook.Webhooks;
import io.copperline.sip.SipEndpoint;
import io.copperline.sip.SipStartException;
import io.copperline.sip.Trunk;
import io.copperline.webrtc.dtls.DtlsCertificate;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running program: makes every room, joins them, and takes them down in the opposite order.
 *
 * <pre>
 * browsers = web, media -> call desk -> trunks (sip) = carriers
 *                            |    \
 *                        records   metrics, health, schedule
 * </pre>
 */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final Duration TRUNK_WATCH = Duration.ofSeconds(5);
    private static final Duration EVERY_MINUTE = Duration.ofMinutes(1);

    private final CopperlineSettings settings;
    private final InstantSource clock = InstantSource.system();
    private final SecureRandom random = new SecureRandom();
    /** What has been opened, last first: closing goes the other way, also after half a start. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private final AtomicBoolean ready = new AtomicBoolean();
    private WebServer web;

    private Gateway(CopperlineSettings settings) {
        this.settings = settings;
    }

    /**
     * Starts it all; calls are taken when this returns.
     *
     * @throws StartFailed with what is wrong and what to do
     */
    public static Gateway start(CopperlineSettings settings) {
        Gateway gateway = new Gateway(settings);
        try {
            gateway.open();
            return gateway;
        } catch (MediaUnavailable | OpusMissing | RecordsUnavailable | SipStartException | WebServerFailed e) {
            gateway.close();
            throw new StartFailed(e.getMessage());
        } catch (RuntimeException e) {
            gateway.close();
            throw e;
        }
    }

    private void open() throws SipStartException, WebServerFailed {
        Opus opus = Opus.load(settings.media().opusLibrary());
        DtlsCertificate certificate =
                CertificateFile.loadOrCreate(settings.media().certificateFile(), random, clock.instant());
        Metrics metrics = keep(new Metrics());
        CallRecordStore records = keep(CallRecordStore.open(settings.records(), settings.dataDirectory()));
        Media media = keep(Media.start(settings.media(), opus, certificate, settings.region()));
        Numbers numbers = new Numbers(settings.region());
        Routes routes = new Routes(settings.routes(), numbers);
        Trunks trunks = new Trunks(numbers);
        WebUsers users = new WebUsers();
        Admission admission =
                new Admission(settings.media().maxCalls(), settings.routes().limits());
        admission.recall(records, clock.instant());
        Webhooks webhooks = keep(new Webhooks(clock, System::nanoTime));
        CallDesk desk = new CallDesk(
                CarrierNumbers.of(settings),
                routes,
                media,
                admission,
                trunks,
                users,
                new EventMessages(),
                observer(metrics, records),
                webhooks,
                settings.media().maxLateness(),
                clock);
        SipEndpoint sip = keep(SipEndpoint.start(settings.sip(), settings.trunks(), desk, clock, random));
        trunks.opened(sip);
        Optional<LabCarrier> lab = lab(sip);
        schedule(sip, desk, media, records);
        Health health = health(media);
        web = keep(WebServer.start(
                settings.http(),
                settings.auth(),
                settings.iceServers(),
                desk,
                users,
                clock,
                extras(metrics, health, sip, admission, media)));
        opened.push(desk::stop);
        Wiring.metrics(metrics, desk, media, sip, web, records, lab);
        Wiring.webhooks(metrics, webhooks);
        Wiring.limits(metrics, admission, settings.routes().limits(), clock);
        ready.set(true);
    }

    private <T extends AutoCloseable> T keep(T room) {
        opened.push(room);
        return room;
    }

    private static CallObserver observer(Metrics metrics, CallRecordStore records) {
        return new CallObserver() {
            @Override
            public void started(CallSnapshot call) {
                metrics.callStarted(call.direction().name().toLowerCase(Locale.ROOT));
            }

            @Override
            public void ended(CallRecord record) {
                metrics.callEnded(record.endCode());
                score(metrics, "browser", record.browser());
                score(metrics, "trunk", record.trunkLeg());
                records.save(record);
            }
        };
    }

    private static void score(Metrics metrics, String leg, CallRecord.LegQuality quality) {
        if (quality.mos() > 0) {
            metrics.opinionScore(leg, quality.mos());
        }
    }

    private Optional<LabCarrier> lab(SipEndpoint sip) throws SipStartException {
        if (!settings.lab().enabled()) {
            return Optional.empty();
        }
        return Optional.of(keep(LabCarrier.start(Wiring.labSettings(settings, sip), clock, System::nanoTime, random)));
    }

    private void schedule(SipEndpoint sip, CallDesk desk, Media media, CallRecordStore records) {
        Schedule schedule = keep(new Schedule());
        for (Trunk trunk : sip.trunks()) {
            trunk.onTime();
            schedule.every(TRUNK_WATCH, "registration of " + trunk.name(), trunk::onTime);
            Duration probes = trunk.settings().optionsInterval();
            if (probes.isPositive()) {
                trunk.probe();
                schedule.every(probes, "OPTIONS to " + trunk.name(), trunk::probe);
            }
        }
        schedule.every(
                RecordRetention.INTERVAL,
                "record retention",
                new RecordRetention(records, settings.records().retention(), clock));
        schedule.every(
                CertificateRenewal.INTERVAL,
                "DTLS certificate",
                new CertificateRenewal(
                        settings.media().certificateFile(), media::certificate, media::renew, random, clock));
        schedule.every(EVERY_MINUTE, "SIP certificates", sip::refreshCertificates);
        schedule.every(EVERY_MINUTE, "dropped packets", new DropWatch(media));
        schedule.every(EVERY_MINUTE, "ended calls", () -> desk.sweep(clock.instant()));
    }

    private Health health(Media media) {
        Health health = new Health();
        health.alive("every shard answers", () -> media.shards().stream().noneMatch(s -> s.loopIsDown()));
        health.condition("the gateway has started and is not being stopped", ready::get);
        return health;
    }

    private Extras extras(Metrics metrics, Health health, SipEndpoint sip, Admission admission, Media media) {
        Optional<LabTokens> tokens =
                settings.lab().enabled() ? LabTokens.start(settings.auth(), clock, random) : Optional.empty();
        TrunkInspector trunks = new TrunkInspector(settings, sip, admission, media, clock, System::nanoTime, random);
        return new Extras(metrics::scrape, health::live, health::notReady, System::nanoTime, trunks, tokens);
    }

    /** The port of the browser-facing door. */
    public int httpPort() {
        return web.port();
    }

    /** Ends calls with BYE, signs off, and gives everything back. A second start works at once. */
    @Override
    public void close() {
        ready.set(false);
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                LOG.warn("Something did not close cleanly", e);
            }
        }
    }
}
