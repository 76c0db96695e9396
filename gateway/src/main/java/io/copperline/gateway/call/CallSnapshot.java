package io.copperline.gateway.call;

import io.copperline.gateway.media.MediaQuality;
import java.time.Instant;
import java.util.Optional;

/**
 * A call as it stands now.
 *
 * @param from caller, in E.164 where it could be normalised
 * @param to called number, likewise
 * @param quality how both legs sound, or sounded last
 * @param ended how it ended, where it has
 */
public record CallSnapshot(
        CallId id,
        Direction direction,
        State state,
        String from,
        String to,
        String trunk,
        Instant startedAt,
        Optional<Instant> answeredAt,
        MediaQuality quality,
        Optional<CallEvent.Ended> ended) {
    public enum Direction {
        OUTBOUND,
        INBOUND
    }

    public enum State {
        STARTING,
        RINGING,
        EARLY_MEDIA,
        ANSWERED,
        ENDED
    }
}
