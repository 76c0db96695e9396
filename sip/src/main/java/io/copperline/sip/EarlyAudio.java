package io.copperline.sip;

import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.codecs.sdp.NoCommonCodec;
import io.copperline.codecs.sdp.SdpException;
import io.copperline.sip.wire.Response;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The audio of our INVITE's early dialogs, and which of them is heard: the last that had something new to say, until it is
 * terminated (RFC 6228) or another speaks. Owned by {@link Calling}.
 */
final class EarlyAudio {
    private static final int MAX_FORKS = 16;

    private record Described(String sdp, NegotiatedAudio audio) {}

    private final Leg leg;
    private final Map<String, Described> byTag = new LinkedHashMap<>();
    private final Set<String> barred = new HashSet<>();
    private String heard = "";

    EarlyAudio(Leg leg) {
        this.leg = leg;
    }

    /** Takes what a provisional response says of its dialog's audio. */
    void onProvisional(Response response) {
        String tag = response.toTag();
        authorize(tag, response);
        response.body("application/sdp").ifPresent(sdp -> take(tag, sdp));
    }

    /** Whether this dialog is the one that is heard. */
    boolean isHeard(String tag) {
        return heard.equals(tag);
    }

    /** A fork has given up (RFC 6228 section 4): the ear goes back to whoever spoke before. */
    void terminated(String tag) {
        byTag.remove(tag);
        barred.remove(tag);
        if (isHeard(tag)) {
            heard = "";
            byTag.keySet().stream().reduce((_, last) -> last).ifPresent(this::hear);
        }
    }

    /** The audio of the answer where it is new: its own SDP, or that of its early dialog where it brings none. */
    Optional<NegotiatedAudio> answer(Response ok) throws SdpException, NoCommonCodec {
        Optional<Described> early = Optional.ofNullable(byTag.get(ok.toTag()));
        Optional<String> sdp = ok.body("application/sdp").or(() -> early.map(Described::sdp));
        if (sdp.isEmpty()) {
            throw new SdpException("there is none");
        }
        if (early.isPresent() && sdp.get().equals(early.get().sdp()) && isHeard(ok.toTag())) {
            return barred.contains(ok.toTag()) ? Optional.of(early.get().audio()) : Optional.empty();
        }
        return Optional.of(leg.media().onAnswer(sdp.get()));
    }

    // Its repetitions do not take the ear back.
    private void take(String tag, String sdp) {
        Described before = byTag.get(tag);
        boolean known = before != null && before.sdp().equals(sdp);
        if (known || before == null && byTag.size() >= MAX_FORKS) {
            return;
        }
        try {
            Described described = new Described(sdp, leg.media().onAnswer(sdp));
            byTag.remove(tag); // the order is that of speaking
            byTag.put(tag, described);
            hear(tag);
        } catch (SdpException | NoCommonCodec e) {
            leg.parts().drops().count(Drop.BAD_SDP, "early: " + e.getMessage()); // the answer may be better
        }
    }

    private void hear(String tag) {
        heard = tag;
        NegotiatedAudio audio = byTag.get(tag).audio();
        MediaDirection direction = audio.direction();
        leg.agreed(
                barred.contains(tag) ? audio.withDirection(MediaDirection.of(direction.sends(), false)) : audio, true);
    }

    // RFC 5009 section 8: the direction is that of the called side. What it may not send yet is not for the caller's
    // ears. What we send is the network's to stop, and opens address translators on its way.
    private void authorize(String tag, Response response) {
        Optional<MediaDirection> direction = OptionTags.of(response, "P-Early-Media").stream()
                .flatMap(value -> MediaDirection.of(value.split(";", 2)[0].strip()).stream())
                .findFirst();
        if (direction.isEmpty()) {
            return;
        }
        boolean mayBeHeard = direction.get().sends();
        boolean changed = mayBeHeard ? barred.remove(tag) : barred.size() < MAX_FORKS && barred.add(tag);
        if (changed && isHeard(tag)) {
            hear(tag);
        }
    }
}
