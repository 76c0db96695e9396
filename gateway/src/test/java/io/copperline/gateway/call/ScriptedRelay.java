package io.copperline.gateway.call;

import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.codecs.sdp.SrtpPolicy;
import io.copperline.gateway.media.MediaReport;
import io.copperline.gateway.media.OpinionScores;
import io.copperline.gateway.media.RelayListener;
import io.copperline.gateway.media.RelayMedia;
import io.copperline.sip.TrunkSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The audio between two phones, and what was asked of it. */
final class ScriptedRelay implements RelayMedia {
    final RelayListener listener;
    final List<String> asked = new ArrayList<>();
    boolean closed;

    ScriptedRelay(RelayListener listener) {
        this.listener = listener;
    }

    @Override
    public CompletionStage<LocalAudio> open(Side side, TrunkSettings trunk) {
        asked.add("open " + side + " " + trunk.name());
        return CompletableFuture.completedFuture(
                new LocalAudio(CallBench.OURS, 20_001, trunk.codecs(), true, 20, SrtpPolicy.OFF));
    }

    @Override
    public void agreed(Side side, NegotiatedAudio audio) {
        asked.add("agreed " + side);
    }

    @Override
    public void letHear() {
        asked.add("letHear");
    }

    @Override
    public void answered() {
        asked.add("answered");
    }

    @Override
    public void pressed(Side side, char digit, int durationMillis) {
        asked.add("pressed " + side + " " + digit);
    }

    @Override
    public boolean digitRefused(Side to, char digit, int durationMillis) {
        asked.add("refused " + to + " " + digit);
        return digit < '7';
    }

    @Override
    public MediaReport.Leg figures(Side side) {
        return new MediaReport.Leg(side == Side.CALLER ? 7 : 8, 0, 0, 0, -1);
    }

    @Override
    public OpinionScores scores(Side side) {
        return side == Side.CALLER ? new OpinionScores(4.1, 3.9) : new OpinionScores(4.2, 4);
    }

    @Override
    public void close() {
        closed = true;
    }
}
