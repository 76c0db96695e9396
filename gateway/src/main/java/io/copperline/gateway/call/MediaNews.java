package io.copperline.gateway.call;

import io.copperline.gateway.media.BrowserFailure;
import io.copperline.gateway.media.DigitPath;
import io.copperline.gateway.media.MediaListener;
import io.copperline.gateway.media.MediaQuality;
import io.copperline.gateway.media.MediaTrouble;
import io.copperline.gateway.media.PageChannel;
import java.time.Instant;

/** What a call hears of its audio, and what it makes of it: an event in its story, or its end. Owned by the call. */
final class MediaNews implements MediaListener {
    private final Call call;
    private final EventChannels channels;

    MediaNews(Call call) {
        this.call = call;
        channels = new EventChannels(call, call.home().words());
    }

    @Override
    public void browserConnected() {
        call.browserConnected();
    }

    @Override
    public void browserFailed(BrowserFailure why) {
        CallEvent.Party by = why == BrowserFailure.CLOSED ? CallEvent.Party.BROWSER : CallEvent.Party.GATEWAY;
        call.end(EndCodes.of(why, call.talking()), by);
    }

    @Override
    public void trunkAudioStarted() {
        if (!call.over() && !call.talking()) {
            call.enter(CallSnapshot.State.EARLY_MEDIA);
            call.story().tell(new CallEvent.EarlyMedia(call.now()));
        }
    }

    @Override
    public void trunkAudioEnded() {
        call.end(EndCode.MEDIA_TIMEOUT, CallEvent.Party.GATEWAY);
    }

    @Override
    public void channelOpened(PageChannel channel) {
        channels.opened(channel);
    }

    @Override
    public void channelText(PageChannel channel, String text) {
        channels.text(channel, text);
    }

    @Override
    public void channelClosed(PageChannel channel) {
        channels.closed(channel);
    }

    @Override
    public void audioFailed() {
        call.end(EndCode.GATEWAY_ERROR, CallEvent.Party.GATEWAY);
    }

    @Override
    public void digitToPhone(char digit, int durationMillis, DigitPath path) {
        tell(digit, durationMillis, CallEvent.Direction.TO_PHONE, path);
    }

    @Override
    public void digitForInfo(char digit, int durationMillis) {
        call.leg().ifPresent(l -> l.sendInfoDtmf(digit, durationMillis));
    }

    @Override
    public void digitFromPhone(char digit, int durationMillis, DigitPath path) {
        tell(digit, durationMillis, CallEvent.Direction.FROM_PHONE, path);
    }

    private void tell(char digit, int durationMillis, CallEvent.Direction direction, DigitPath path) {
        if (!call.over()) {
            call.story().tell(new CallEvent.Dtmf(call.now(), digit, durationMillis, direction, path));
        }
    }

    @Override
    public void quality(MediaQuality quality) {
        if (!call.over()) {
            call.story().tell(new CallEvent.Quality(call.now(), quality));
        }
    }

    @Override
    public void trouble(MediaTrouble trouble, boolean ofTrunk, long sinceNanos) {
        if (!call.over()) {
            CallEvent.Side side = ofTrunk ? CallEvent.Side.TRUNK : CallEvent.Side.BROWSER;
            Instant since = call.now().minusNanos(call.home().nowNanos() - sinceNanos);
            call.story().tell(new CallEvent.Media(call.now(), trouble, side, since));
        }
    }
}
