package io.copperline.gateway.media;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.rtp.RemoteReports;
import io.copperline.codecs.sdp.NegotiatedAudio;
import java.time.Duration;
import java.util.Optional;

/** What is to be said about the audio of one call: whether it comes through on each leg, and how it sounds. Owned by its bridge. */
final class BridgeWatch {
    private final MediaListener listener;
    private final ConnectWatch connect;
    private final MediaWatch browser;
    private final EarWatch browserEar = new EarWatch();
    private final MediaWatch trunk;
    private final QualityWatch quality;
    private boolean trunkGone;

    BridgeWatch(MediaListener listener) {
        this.listener = listener;
        connect = new ConnectWatch((trouble, since) -> listener.trouble(trouble, false, since));
        browser = MediaWatch.ofBrowser((trouble, since) -> listener.trouble(trouble, false, since));
        trunk = MediaWatch.ofTrunk((trouble, since) -> listener.trouble(trouble, true, since));
        quality = new QualityWatch(listener::quality);
    }

    /** Of how the browser gets through to us. */
    ConnectWatch connect() {
        return connect;
    }

    /** Of what comes from the browser. */
    MediaWatch browser() {
        return browser;
    }

    /** Of what comes from the trunk. */
    MediaWatch trunk() {
        return trunk;
    }

    QualityWatch quality() {
        return quality;
    }

    /** The call goes on by another trunk. */
    void newTrunk() {
        trunkGone = false;
    }

    /**
     * Looks at it all; to be called a few times a second.
     *
     * @param out where the browser's sound waits
     * @param in where the trunk's does
     */
    void check(
            Optional<BrowserLeg> leg,
            Optional<TrunkStream> stream,
            TowardsTrunk out,
            TowardsBrowser in,
            long nowNanos) {
        connect.check(nowNanos);
        MediaReport.Leg browserFigures = leg.map(BrowserLeg::figures).orElse(MediaReport.Leg.NOTHING);
        leg.ifPresent(l -> browser.deafSince(
                browserEar.deafSince(l.peer().remoteReports(), browserFigures.packetsSent(), nowNanos)));
        browser.check(browserFigures.packetsReceived(), browserFigures.packetsLost(), nowNanos);
        MediaReport.Leg trunkFigures = stream.map(TrunkStream::figures).orElse(MediaReport.Leg.NOTHING);
        trunk.check(trunkFigures.packetsReceived(), trunkFigures.packetsLost(), nowNanos);
        quality.check(
                (meter, now) -> rateBrowser(meter, leg, out, browserFigures, now),
                (meter, now) -> rateTrunk(meter, stream, in, trunkFigures, now),
                nowNanos);
    }

    private Optional<LegRating> rateBrowser(
            LegMeter meter, Optional<BrowserLeg> leg, TowardsTrunk out, MediaReport.Leg figures, long nowNanos) {
        if (leg.isEmpty() || out.room().isEmpty()) {
            return Optional.empty();
        }
        AudioCodec sent = leg.get().agreed().codec();
        RemoteReports reports = leg.get().peer().remoteReports();
        boolean due = browser.expecting() && !out.resting(nowNanos);
        return meter.measure(out.room().get(), sent, figures, reports, due, nowNanos);
    }

    private Optional<LegRating> rateTrunk(
            LegMeter meter, Optional<TrunkStream> stream, TowardsBrowser in, MediaReport.Leg figures, long nowNanos) {
        Optional<AudioCodec> sent = stream.flatMap(TrunkStream::agreed).map(NegotiatedAudio::codec);
        if (sent.isEmpty() || in.room().isEmpty()) {
            return Optional.empty();
        }
        RemoteReports reports = stream.get().remoteReports();
        boolean due = trunk.expecting() && !in.resting(nowNanos);
        Optional<LegRating> rating = meter.measure(in.room().get(), sent.get(), figures, reports, due, nowNanos);
        meter.heard().ifPresent(stream.get()::heard);
        return rating;
    }

    /**
     * Says, once, that the trunk has forgotten the call, if it has.
     *
     * @param limit for how long nothing may come while something should; 0: for ever
     */
    void checkForgotten(TrunkStream stream, Duration limit, long nowNanos) {
        if (!trunkGone && stream.forgotten(limit, trunk.silentNanos(nowNanos), nowNanos)) {
            trunkGone = true;
            listener.trunkAudioEnded();
        }
    }
}
