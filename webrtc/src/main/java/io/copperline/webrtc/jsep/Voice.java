package io.copperline.webrtc.jsep;

import io.copperline.codecs.sdp.MediaDirection;
import java.util.List;
import java.util.Optional;

/**
 * Which audio sections carry the call's one voice each way. A browser that takes a track away and adds another one has two
 * sections from then on; the voice moves to the one that sends. Of two that send at once the earlier choice stays, and the other
 * one is answered as inactive: nobody would mix them.
 *
 * @param main what the codec is chosen from
 * @param from the section that sends to us, where one does and we listen
 * @param to the section that ours is sent to, where one listens and we send
 */
public record Voice(RemoteSection main, Optional<RemoteSection> from, Optional<RemoteSection> to) {
    /** The voice of a description with audio. */
    static Voice choose(List<RemoteSection> audio, Optional<Voice> before, MediaDirection wish) {
        Optional<RemoteSection> from = pick(
                audio.stream().filter(RemoteSection::sends).toList(),
                before.flatMap(Voice::from).map(RemoteSection::index));
        Optional<RemoteSection> to = pick(
                audio.stream().filter(RemoteSection::receives).toList(),
                before.flatMap(Voice::to).map(RemoteSection::index));
        RemoteSection main = from.or(() -> to).orElse(audio.getFirst());
        return new Voice(main, from.filter(_ -> wish.receives()), to.filter(_ -> wish.sends()));
    }

    private static Optional<RemoteSection> pick(List<RemoteSection> candidates, Optional<Integer> before) {
        return candidates.stream()
                .filter(section ->
                        before.filter(index -> index == section.index()).isPresent())
                .findFirst()
                .or(() -> candidates.stream().findFirst());
    }

    /** What we do with this section. */
    MediaDirection direction(RemoteSection section) {
        return MediaDirection.of(is(to, section), is(from, section));
    }

    /** What we do on the whole. */
    MediaDirection direction() {
        return MediaDirection.of(to.isPresent(), from.isPresent());
    }

    private static boolean is(Optional<RemoteSection> one, RemoteSection section) {
        return one.filter(s -> s.index() == section.index()).isPresent();
    }
}
