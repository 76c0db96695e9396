package io.copperline.gateway.media;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.dtmf.TelephoneEvent;
import io.copperline.codecs.rtp.RemoteReports;
import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.codecs.sdp.NoCommonCodec;
import io.copperline.codecs.sdp.SdpException;
import io.copperline.sip.TrunkSettings;
import io.copperline.webrtc.PeerEvent;
import io.copperline.webrtc.datachannel.DataChannelEvent;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The audio of one call: its two legs, its two directions, and what is to be said about them. Owned by its shard. */
final class MediaBridge implements CallMedia, Ticked, BrowserLeg.Events, TrunkEnd {
    private static final int PTIME_MILLIS = 20;
    private static final int TICKS_PER_CHECK = 25;

    private final Media media;
    private final Shard shard;
    private final MediaListener listener;
    private final ConnectWatch connectWatch;
    private final MediaWatch browserWatch;
    private final EarWatch browserEar = new EarWatch();
    private final MediaWatch trunkWatch;
    private final QualityWatch qualityWatch;
    private final TowardsTrunk towardsTrunk;
    private final DigitsFromTrunk digitsFromTrunk;
    private final TowardsBrowser towardsBrowser;
    private TrunkSockets sockets;

    private Optional<BrowserLeg> browser = Optional.empty();
    private Optional<TrunkSettings> trunkSettings = Optional.empty();
    private Optional<NextTrunk> next = Optional.empty();
    private Optional<TrunkStream> trunk = Optional.empty();
    private MediaReport.Leg lastTrunk = MediaReport.Leg.NOTHING;
    private String codec = "";
    private boolean trunkHeard;
    private boolean trunkGone;
    private boolean wideband;
    private boolean answered;
    private boolean over;
    private int ticks;

    MediaBridge(Media media, Shard shard, MediaListener listener) {
        this.media = media;
        this.shard = shard;
        this.listener = listener;
        connectWatch = new ConnectWatch((trouble, since) -> listener.trouble(trouble, false, since));
        browserWatch = new MediaWatch((trouble, since) -> listener.trouble(trouble, false, since));
        trunkWatch = new MediaWatch((trouble, since) -> listener.trouble(trouble, true, since));
        qualityWatch = new QualityWatch(listener::quality);
        towardsTrunk = new TowardsTrunk(media.workshop(), listener, browserWatch, PTIME_MILLIS);
        digitsFromTrunk = new DigitsFromTrunk(listener);
        towardsBrowser = new TowardsBrowser(media.workshop(), digitsFromTrunk, trunkWatch, media.ringback());
        sockets = new TrunkSockets(media, shard);
        media.bridgeOpened();
        shard.add(this);
    }

    @Override
    public void wideband() {
        wideband = true;
    }

    @Override
    public String answerBrowser(String offer) throws SdpException, NoCommonCodec {
        BrowserLeg leg = browser.isPresent() ? browser.get() : new BrowserLeg(media, shard, this, wideband);
        String answer = leg.answer(offer);
        browser = Optional.of(leg);
        towardsTrunk.browser(leg.agreed());
        towardsBrowser.browser(leg.agreed());
        connectWatch.answered(shard.nowNanos());
        expectBrowser();
        return answer;
    }

    @Override
    public Optional<String> onFragment(String sdpFragment) throws SdpException {
        return browser.isPresent() ? browser.get().onFragment(sdpFragment) : Optional.empty();
    }

    @Override
    public boolean browserListens() {
        return browser.filter(leg -> leg.agreed().direction().sends()).isPresent();
    }

    @Override
    public CompletionStage<LocalAudio> openTrunk(TrunkSettings settings) {
        closeTrunk();
        trunkSettings = Optional.of(settings);
        return sockets.open(settings, this).thenApply(opened -> {
            if (over) {
                sockets.close();
            } else {
                trunk = Optional.of(opened);
            }
            return sockets.local(settings, PTIME_MILLIS);
        });
    }

    /** The ports of the leg that may come next; what comes in there is not heard yet. */
    private record NextTrunk(TrunkSockets sockets, TrunkSettings settings) {}

    @Override
    public CompletionStage<LocalAudio> openNext(TrunkSettings settings) {
        closeNext();
        TrunkSockets opening = new TrunkSockets(media, shard);
        next = Optional.of(new NextTrunk(opening, settings));
        return opening.open(settings, this).thenApply(_ -> opening.local(settings, PTIME_MILLIS));
    }

    @Override
    public void takeNext() {
        next.ifPresent(taken -> {
            next = Optional.empty();
            closeTrunk();
            sockets = taken.sockets();
            trunk = taken.sockets().stream();
            trunkSettings = Optional.of(taken.settings());
            trunkGone = false;
        });
    }

    @Override
    public void closeNext() {
        next.ifPresent(unused -> unused.sockets().close());
        next = Optional.empty();
    }

    @Override
    public void trunkAudio(NegotiatedAudio audio) {
        if (trunk.isEmpty()) {
            return;
        }
        long now = shard.nowNanos();
        towardsTrunk.trunk(trunk.get(), audio, trunkSettings.orElseThrow());
        trunk.get().agreed(audio);
        if (towardsBrowser.trunk(audio, trunkSettings.get())) {
            qualityWatch.newTrunkRoom();
        }
        expectTrunk(now);
        codec = audio.codec().encodingName();
    }

    @Override
    public void answered() {
        answered = true;
        expectTrunk(shard.nowNanos());
        qualityWatch.begin(shard.nowNanos());
    }

    /** Before the answer, and on hold, a trunk may send or not as it likes. */
    private void expectTrunk(long nowNanos) {
        boolean both = trunk.flatMap(TrunkStream::agreed)
                .filter(audio -> audio.direction() == MediaDirection.SENDRECV)
                .isPresent();
        trunkWatch.expecting(answered && both, nowNanos);
    }

    @Override
    public boolean press(String digits, int durationMillis) {
        return trunk.flatMap(TrunkStream::agreed).isPresent()
                && towardsTrunk.press(digits, durationMillis, shard.nowNanos());
    }

    @Override
    public boolean digitByInfo(char digit) {
        return digitsFromTrunk.onInfo(TelephoneEvent.event(digit), shard.nowNanos());
    }

    @Override
    public boolean digitRefused(char digit, int durationMillis) {
        return towardsTrunk.infoRefused(TelephoneEvent.event(digit), durationMillis);
    }

    @Override
    public void closeTrunk() {
        trunk.ifPresent(stream -> lastTrunk = stream.figures());
        trunk = Optional.empty();
        towardsTrunk.trunkGone();
        towardsBrowser.trunkGone();
        trunkWatch.expecting(false, shard.nowNanos());
        trunkHeard = false;
        sockets.close();
    }

    @Override
    public void ringback(boolean on) {
        towardsBrowser.ringback(on && !trunkHeard);
    }

    @Override
    public void onTick(long nowNanos) {
        if (browser.isPresent()) {
            browser.get().onTick();
        }
        if (over) {
            return; // The browser's end may have ended the call within its tick.
        }
        towardsTrunk.onTick(nowNanos);
        // No lambdas here and below: what they capture would be allocated for each packet.
        if (browser.isPresent()) {
            towardsBrowser.onTick(nowNanos, browser.get().peer(), browser.get());
        }
        if (trunk.isPresent()) {
            trunk.get().onTick(nowNanos);
        }
        if (++ticks % TICKS_PER_CHECK == 0) {
            check(nowNanos);
        }
    }

    private void check(long nowNanos) {
        connectWatch.check(nowNanos);
        MediaReport.Leg browserFigures = browser.map(BrowserLeg::figures).orElse(MediaReport.Leg.NOTHING);
        browser.ifPresent(leg -> browserWatch.deafSince(
                browserEar.deafSince(leg.peer().remoteReports(), browserFigures.packetsSent(), nowNanos)));
        browserWatch.check(browserFigures.packetsReceived(), browserFigures.packetsLost(), nowNanos);
        MediaReport.Leg trunkFigures = trunk.map(TrunkStream::figures).orElse(MediaReport.Leg.NOTHING);
        trunkWatch.check(trunkFigures.packetsReceived(), trunkFigures.packetsLost(), nowNanos);
        qualityWatch.check(
                (meter, now) -> rateBrowser(meter, browserFigures, now),
                (meter, now) -> rateTrunk(meter, trunkFigures, now),
                nowNanos);
        if (!trunkGone && forgotten(nowNanos)) {
            trunkGone = true;
            listener.trunkAudioEnded();
        }
    }

    private boolean forgotten(long nowNanos) {
        return trunk.filter(stream -> stream.forgotten(
                        trunkSettings.orElseThrow().media().timeout(), trunkWatch.silentNanos(nowNanos), nowNanos))
                .isPresent();
    }

    private Optional<LegRating> rateBrowser(LegMeter meter, MediaReport.Leg figures, long nowNanos) {
        if (browser.isEmpty() || towardsTrunk.room().isEmpty()) {
            return Optional.empty();
        }
        AudioCodec sent = browser.get().agreed().codec();
        RemoteReports reports = browser.get().peer().remoteReports();
        return meter.measure(towardsTrunk.room().get(), sent, figures, reports, browserWatch.expecting(), nowNanos);
    }

    private Optional<LegRating> rateTrunk(LegMeter meter, MediaReport.Leg figures, long nowNanos) {
        Optional<AudioCodec> sent = trunk.flatMap(TrunkStream::agreed).map(NegotiatedAudio::codec);
        if (sent.isEmpty() || towardsBrowser.room().isEmpty()) {
            return Optional.empty();
        }
        RemoteReports reports = trunk.get().remoteReports();
        boolean due = trunkWatch.expecting() && !towardsBrowser.resting();
        return meter.measure(towardsBrowser.room().get(), sent.get(), figures, reports, due, nowNanos);
    }

    @Override
    public MediaQuality quality() {
        return qualityWatch.current();
    }

    @Override
    public void rtp(byte[] packet, int off, int len) {
        towardsTrunk.onRtp(packet, off, len, shard.nowNanos());
    }

    @Override
    public void reached() {
        connectWatch.reached(shard.nowNanos());
    }

    @Override
    public void event(PeerEvent event) {
        switch (event) {
            case PeerEvent.PathSelected _ -> connectWatch.pathFound(shard.nowNanos());
            case PeerEvent.Connected _ -> {
                connectWatch.connected(shard.nowNanos());
                expectBrowser();
                listener.browserConnected();
            }
            case PeerEvent.Data data -> onData(data.event());
            case PeerEvent.Failed failed -> listener.browserFailed(BrowserFailure.of(failed.why()));
        }
    }

    /** A browser that holds the call, or only listens, need not send. */
    private void expectBrowser() {
        BrowserLeg leg = browser.orElseThrow();
        boolean due = leg.peer().connected() && leg.agreed().direction().receives();
        browserWatch.expecting(due, shard.nowNanos());
    }

    private void onData(DataChannelEvent event) {
        switch (event) {
            case DataChannelEvent.Opened opened -> listener.channelOpened(new BridgedChannel(opened.channel()));
            case DataChannelEvent.Text text -> listener.channelText(new BridgedChannel(text.channel()), text.text());
            case DataChannelEvent.Closed closed -> listener.channelClosed(new BridgedChannel(closed.channel()));
            default -> {
                // Bytes mean nothing here; the rest is the transport's own story.
            }
        }
    }

    @Override
    public void audio(byte[] packet, int off, int len, long nowNanos) {
        towardsBrowser.onAudio(packet, off, len, nowNanos);
        if (browser.isPresent()
                && towardsBrowser.pass(packet, off, len, nowNanos, browser.get().peer(), browser.get())) {
            shard.browserDoor().flush();
        }
        if (!trunkHeard) {
            trunkHeard = true;
            towardsBrowser.ringback(false); // RFC 3960 section 3.2: the far end's own sound wins.
            listener.trunkAudioStarted();
        }
    }

    @Override
    public void digit(byte[] packet, int off, int len, long nowNanos) {
        towardsBrowser.onDigit(packet, off, len, nowNanos);
    }

    @Override
    public void comfortNoise(byte[] packet, int off, int len, long nowNanos) {
        towardsBrowser.onNoise(packet, off, len, nowNanos);
    }

    @Override
    public void latchedElsewhere() {
        listener.trouble(MediaTrouble.LATCHED, true, shard.nowNanos());
    }

    @Override
    public void onTrunkRtp(TrunkSockets at, byte[] buf, int off, int len, InetSocketAddress from) {
        try {
            if (trunk.isPresent() && sockets.equals(at)) {
                trunk.get().onRtp(buf, off, len, from, shard.nowNanos());
            }
        } catch (RuntimeException e) {
            shard.bug(this, e);
        }
    }

    @Override
    public void onTrunkRtcp(TrunkSockets at, byte[] buf, int off, int len, InetSocketAddress from) {
        try {
            if (trunk.isPresent() && sockets.equals(at)) {
                trunk.get().onRtcp(buf, off, len, from, shard.nowNanos());
            }
        } catch (RuntimeException e) {
            shard.bug(this, e);
        }
    }

    @Override
    public void bug(RuntimeException bug) {
        shard.bug(this, bug);
    }

    @Override
    public void onBug() {
        listener.audioFailed();
    }

    @Override
    public MediaReport report() {
        return new MediaReport(
                browser.map(BrowserLeg::figures).orElse(MediaReport.Leg.NOTHING),
                trunk.map(TrunkStream::figures).orElse(lastTrunk),
                codec,
                qualityWatch.browserScores(),
                qualityWatch.trunkScores());
    }

    @Override
    public void close() {
        if (over) {
            return;
        }
        over = true;
        closeNext();
        closeTrunk();
        browser.ifPresent(BrowserLeg::close);
        browser = Optional.empty(); // An ended call is remembered for minutes; its peer need not be.
        towardsTrunk.close();
        towardsBrowser.close();
        shard.remove(this);
        media.bridgeClosed();
    }
}
