package io.copperline.sip;

import io.copperline.sip.SessionExpires.Refresher;
import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one leg asks for and grants as the life of a session without refresh (RFC 4028). Owned by its leg. */
final class SessionTerms {
    /** Each 422 must have asked for more than the last; a hop that never has enough is not obeyed for ever. */
    private static final int MAX_REFUSALS = 5;

    private final long ownMin;
    private final boolean off;
    private long wished;
    private long theirMin;
    private int refusals;

    SessionTerms(DialogSettings settings) {
        this.off = settings.sessionExpires().isZero();
        this.ownMin = settings.minSe().toSeconds();
        this.wished = settings.sessionExpires().toSeconds();
    }

    /** Whether sessions on this trunk live without refresh. */
    boolean isOff() {
        return off;
    }

    /** How long a session would live without refresh if it were for us. */
    Duration wished() {
        return Duration.ofSeconds(wished);
    }

    /** The headers, beside Supported, of a request that starts or refreshes a session (sections 7.1 and 7.4). */
    List<Header> ask(Optional<Refresher> refresher) {
        if (off) {
            return List.of();
        }
        return List.of(
                new SessionExpires(wished, refresher).header(), SessionExpires.minSe(Math.max(ownMin, theirMin)));
    }

    /** Takes the Min-SE of a 422 (section 7.3); false where asking again would be no use. */
    boolean raise(Response response) {
        long min = SessionExpires.minSe(response);
        if (off || response.status() != 422 || min <= wished || refusals >= MAX_REFUSALS) {
            return false;
        }
        refusals++;
        theirMin = min;
        wished = min;
        return true;
    }

    /** Our refusal of a request whose session would be too short, where its sender can understand one (section 9). */
    Optional<Response> objection(Request request, Response refusal422) {
        boolean tooShort = SessionExpires.of(request)
                .filter(asked -> asked.seconds() < ownMin)
                .isPresent();
        return !off && tooShort && OptionTags.supports(request, OptionTags.TIMER)
                ? Optional.of(refusal422.with(List.of(SessionExpires.minSe(ownMin))))
                : Optional.empty();
    }

    /**
     * What our 2xx grants to a request (section 9): never more than it asks for, never less than any Min-SE.
     *
     * @param refresher who refreshes where the peer leaves it to us
     * @return empty: the session lives without refresh
     */
    Optional<SessionExpires> grant(Request request, Refresher refresher) {
        boolean supported = OptionTags.supports(request, OptionTags.TIMER);
        Optional<SessionExpires> asked = SessionExpires.of(request);
        if (off || !supported && asked.isEmpty()) {
            return Optional.empty();
        }
        long least = Math.max(ownMin, SessionExpires.minSe(request));
        long ours = Math.max(wished, least);
        long seconds =
                atLeast(asked.map(theirs -> Math.min(theirs.seconds(), ours)).orElse(ours));
        wished = seconds;
        // Table 2: a peer without timers cannot refresh, whoever has put the header in.
        Refresher who = supported ? asked.flatMap(SessionExpires::refresher).orElse(refresher) : Refresher.UAS;
        return Optional.of(new SessionExpires(seconds, Optional.of(who)));
    }

    /** The headers of a 2xx that grants this (section 9). */
    static List<Header> granted(SessionExpires granted, Request request) {
        List<Header> headers = new ArrayList<>(List.of(granted.header()));
        if (OptionTags.supports(request, OptionTags.TIMER)) {
            headers.add(new Header("Require", OptionTags.TIMER));
        }
        return headers;
    }

    /** Takes what a peer's 2xx has granted: it may shorten the session, but not below what we can bear. */
    long accept(SessionExpires granted) {
        wished = atLeast(granted.seconds());
        return wished;
    }

    private long atLeast(long seconds) {
        return Math.max(seconds, Math.max(ownMin, theirMin));
    }
}
