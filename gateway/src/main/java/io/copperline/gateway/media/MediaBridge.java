package io.copperline.gateway.media;

import io.copperline.codecs.dtmf.TelephoneEvent;
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
    private static final int TICKS_PER_CHECK = 25;

    private final Media media;
    private final Shard shard;
    private final MediaListener listener;
    private final BridgeWatch watch;
    private final TowardsTrunk towardsTrunk;
    private final DigitsFromTrunk digitsFromTrunk;
    private final TowardsBrowser towardsBrowser;
    private final TrunkLegs trunk;

    private Optional<BrowserLeg> browser = Optional.empty();
    private String codec = "";
    private boolean trunkHeard;
    private boolean wideband;
    private boolean answered;
    private boolean over;
    private int ticks;

    MediaBridge(Media media, Shard shard, MediaListener listener) {
        this.media = media;
        this.shard = shard;
        this.listener = listener;
        watch = new BridgeWatch(listener);
        towardsTrunk = new TowardsTrunk(media.workshop(), listener, watch.browser());
        digitsFromTrunk = new DigitsFromTrunk(listener);
        towardsBrowser = new TowardsBrowser(media.workshop(), digitsFromTrunk, watch.trunk(), media.ringback());
        trunk = new TrunkLegs(media, shard, this);
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
        watch.connect().answered(shard.nowNanos());
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
        return trunk.open(settings);
    }

    @Override
    public CompletionStage<LocalAudio> openNext(TrunkSettings settings) {
        return trunk.openNext(settings);
    }

    @Override
    public void takeNext() {
        if (trunk.hasNext()) {
            closeTrunk();
            trunk.takeNext();
            watch.newTrunk();
        }
    }

    @Override
    public void closeNext() {
        trunk.closeNext();
    }

    @Override
    public void trunkAudio(NegotiatedAudio audio) {
        if (trunk.stream().isEmpty()) {
            return;
        }
        long now = shard.nowNanos();
        towardsTrunk.trunk(trunk.stream().get(), audio, trunk.settings());
        trunk.stream().get().agreed(audio);
        if (towardsBrowser.trunk(audio, trunk.settings())) {
            watch.quality().newTrunkRoom();
        }
        expectTrunk(now);
        codec = audio.codec().encodingName();
    }

    @Override
    public void answered() {
        answered = true;
        expectTrunk(shard.nowNanos());
        watch.quality().begin(shard.nowNanos());
    }

    /** Before the answer, and on hold, a trunk may send or not as it likes. */
    private void expectTrunk(long nowNanos) {
        boolean both = trunk.stream()
                .flatMap(TrunkStream::agreed)
                .filter(audio -> audio.direction() == MediaDirection.SENDRECV)
                .isPresent();
        watch.trunk().expecting(answered && both, nowNanos);
    }

    @Override
    public boolean press(String digits, int durationMillis) {
        return trunk.stream().flatMap(TrunkStream::agreed).isPresent()
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
        trunk.close();
        towardsTrunk.trunkGone();
        towardsBrowser.trunkGone();
        watch.trunk().expecting(false, shard.nowNanos());
        trunkHeard = false;
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
        if (trunk.stream().isPresent()) {
            trunk.stream().get().onTick(nowNanos);
        }
        if (++ticks % TICKS_PER_CHECK == 0) {
            watch.check(browser, trunk.stream(), towardsTrunk, towardsBrowser, nowNanos);
            trunk.stream()
                    .ifPresent(stream -> watch.checkForgotten(
                            stream, trunk.settings().media().timeout(), nowNanos));
        }
    }

    @Override
    public MediaQuality quality() {
        return watch.quality().current();
    }

    @Override
    public void rtp(byte[] packet, int off, int len) {
        towardsTrunk.onRtp(packet, off, len, shard.nowNanos());
    }

    @Override
    public void reached() {
        watch.connect().reached(shard.nowNanos());
    }

    @Override
    public void event(PeerEvent event) {
        switch (event) {
            case PeerEvent.PathSelected _ -> watch.connect().pathFound(shard.nowNanos());
            case PeerEvent.Connected _ -> {
                watch.connect().connected(shard.nowNanos());
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
        watch.browser().expecting(due, shard.nowNanos());
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
            trunk.onRtp(at, buf, off, len, from);
        } catch (RuntimeException e) {
            shard.bug(this, e);
        }
    }

    @Override
    public void onTrunkRtcp(TrunkSockets at, byte[] buf, int off, int len, InetSocketAddress from) {
        try {
            trunk.onRtcp(at, buf, off, len, from);
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
                trunk.figures(),
                codec,
                watch.quality().browserScores(),
                watch.quality().trunkScores());
    }

    @Override
    public void close() {
        if (over) {
            return;
        }
        over = true;
        trunk.noMore();
        closeTrunk();
        browser.ifPresent(BrowserLeg::close);
        browser = Optional.empty(); // An ended call is remembered for minutes; its peer need not be.
        towardsTrunk.close();
        towardsBrowser.close();
        shard.remove(this);
        media.bridgeClosed();
    }
}
