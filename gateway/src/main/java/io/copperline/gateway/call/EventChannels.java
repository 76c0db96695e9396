package io.copperline.gateway.call;

import io.copperline.gateway.media.PageChannel;
import java.util.HashMap;
import java.util.Map;

/**
 * A call's events on data channels of its page, and what the page asks for there. They take the same way as the voice, so they
 * arrive where it arrives, with no socket beside it. Owned by the call's shard.
 */
final class EventChannels {
    private static final int MAX_CHANNELS = 4;

    private final Call call;
    private final EventWords words;
    private final Map<PageChannel, Runnable> subscriptions = new HashMap<>();

    EventChannels(Call call, EventWords words) {
        this.call = call;
        this.words = words;
    }

    /** Replays the call so far and goes on from there. A channel for something else is closed: nobody would ever answer it. */
    void opened(PageChannel channel) {
        if (!channel.protocol().equals(words.protocol()) || subscriptions.size() == MAX_CHANNELS) {
            channel.close();
            return;
        }
        Feed feed = new Feed(channel);
        subscriptions.put(channel, () -> {});
        Runnable subscription = call.story().listen(Runnable::run, feed::tell);
        if (subscriptions.replace(channel, subscription) == null) {
            subscription.run(); // It was too slow for the replay already.
        }
    }

    void closed(PageChannel channel) {
        Runnable subscription = subscriptions.remove(channel);
        if (subscription != null) {
            subscription.run();
        }
    }

    void text(PageChannel channel, String text) {
        if (!subscriptions.containsKey(channel)) {
            return;
        }
        try {
            switch (words.command(text)) {
                case EventWords.Command.Digits digits -> call.press(digits.digits(), digits.durationMillis());
                // Not from within the channel that would go away with the call.
                case EventWords.Command.HangUp _ -> call.home().execute(call::hangUp);
            }
        } catch (CallRefused e) {
            send(channel, words.refused(e));
        }
    }

    private void send(PageChannel channel, String text) {
        if (!channel.send(text)) {
            closed(channel);
            channel.close();
        }
    }

    /** One channel's view of the story. */
    private final class Feed {
        private final PageChannel channel;
        private int number;

        Feed(PageChannel channel) {
            this.channel = channel;
        }

        void tell(CallEvent event) {
            number++;
            if (subscriptions.containsKey(channel)) {
                send(channel, words.event(number, event));
            }
        }
    }
}
