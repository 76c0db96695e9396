package io.copperline.gateway.call;

import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.codecs.sdp.SdpException;
import io.copperline.codecs.sdp.SrtpPolicy;
import io.copperline.gateway.media.CallMedia;
import io.copperline.gateway.media.MediaListener;
import io.copperline.gateway.media.MediaQuality;
import io.copperline.gateway.media.MediaReport;
import io.copperline.gateway.media.PortsExhausted;
import io.copperline.sip.TrunkSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The call's audio, and what was asked of it. */
final class ScriptedAudio implements CallMedia {
    char toneHeard;
    final MediaListener listener;
    final List<String> asked = new ArrayList<>();
    boolean portsFree = true;
    boolean listens = true;
    boolean closed;

    ScriptedAudio(MediaListener listener) {
        this.listener = listener;
    }

    @Override
    public void wideband() {
        asked.add("wideband");
    }

    @Override
    public String answerBrowser(String offer) throws SdpException {
        if (offer.isEmpty()) {
            throw new SdpException("does not begin with v=0");
        }
        return "answer to " + offer;
    }

    @Override
    public Optional<String> onFragment(String sdpFragment) {
        asked.add("fragment");
        return Optional.empty();
    }

    @Override
    public boolean browserListens() {
        return listens;
    }

    @Override
    public CompletionStage<LocalAudio> openTrunk(TrunkSettings trunk) {
        asked.add("open " + trunk.name());
        return portsFree
                ? CompletableFuture.completedFuture(
                        new LocalAudio(CallBench.OURS, 20_001, trunk.codecs(), true, 20, SrtpPolicy.OFF))
                : CompletableFuture.failedFuture(new PortsExhausted());
    }

    @Override
    public CompletionStage<LocalAudio> openNext(TrunkSettings trunk) {
        asked.add("next " + trunk.name());
        return openTrunk(trunk);
    }

    @Override
    public void takeNext() {
        asked.add("takeNext");
    }

    @Override
    public void closeNext() {
        asked.add("closeNext");
    }

    @Override
    public void trunkAudio(NegotiatedAudio audio) {
        asked.add("trunk " + audio.direction());
    }

    @Override
    public void answered() {
        asked.add("answered");
    }

    @Override
    public boolean press(String digits, int durationMillis) {
        asked.add("press " + digits + " " + durationMillis);
        return digits.length() < 10;
    }

    @Override
    public boolean digitByInfo(char digit) {
        return toneHeard != digit;
    }

    @Override
    public boolean digitRefused(char digit, int durationMillis) {
        asked.add("tone " + digit + " " + durationMillis);
        return digit != '#';
    }

    @Override
    public void closeTrunk() {
        asked.add("closeTrunk");
    }

    @Override
    public void ringback(boolean on) {
        asked.add("ringback " + on);
    }

    @Override
    public MediaQuality quality() {
        return MediaQuality.UNKNOWN;
    }

    @Override
    public MediaReport report() {
        return MediaReport.NOTHING;
    }

    @Override
    public void close() {
        closed = true;
    }
}
