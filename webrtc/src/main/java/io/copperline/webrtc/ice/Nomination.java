package io.copperline.webrtc.ice;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Which pair is selected (RFC 8445 section 8.1.1): the one that we nominate where we control, or else the other side. */
final class Nomination {
    /** How long a pair that works waits for a better one. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    /**
     * Firefox nominates all pairs that work, as RFC 5245 section 8.1.1.2 allowed: of those that come at once the best is meant, of
     * those that come later the last.
     */
    private static final long AT_ONCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Checklist checklist;
    private final Role role;
    private Optional<CandidatePair> nominating = Optional.empty();
    private Optional<CandidatePair> selected = Optional.empty();
    private long firstValidNanos;
    private long selectedNanos;

    Nomination(Checklist checklist, Role role) {
        this.checklist = checklist;
        this.role = role;
    }

    Optional<CandidatePair> selected() {
        return selected;
    }

    /** A pair is about to be valid. */
    void onValid(long nowNanos) {
        if (checklist.bestValid().isEmpty()) {
            firstValidNanos = nowNanos;
        }
    }

    /** Nominates the best that works: at once where no better can come, or else after a moment's patience. */
    void onTime(long nowNanos) {
        if (!role.controlling() || nominating.isPresent() || selected.isPresent()) {
            return;
        }
        Optional<CandidatePair> best = checklist.bestValid();
        if (best.isPresent() && (nowNanos - firstValidNanos > PATIENCE_NANOS || !checklist.betterIsOpen(best.get()))) {
            nominating = best;
            best.get().nominated(true);
            checklist.trigger(best.get());
        }
    }

    /** Selects a pair that works, if it is nominated; false where it was selected before, or is not now. */
    boolean select(CandidatePair pair, long nowNanos) {
        boolean nominated = pair.nominated();
        pair.nominated(nominated && role.controlling()); // Each nomination of the other side counts once.
        if (!nominated || isSelected(pair) || worseOfThoseAtOnce(pair, nowNanos)) {
            return false;
        }
        if (selected.isEmpty()) {
            selectedNanos = nowNanos;
        }
        selected = Optional.of(pair);
        return true;
    }

    private boolean isSelected(CandidatePair pair) {
        return selected.isPresent() && selected.get() == pair;
    }

    private boolean worseOfThoseAtOnce(CandidatePair pair, long nowNanos) {
        return selected.isPresent()
                && nowNanos - selectedNanos < AT_ONCE_NANOS
                && checklist.priority(selected.get()) > checklist.priority(pair);
    }

    /** The role is another one now, and with it whose the nomination is. */
    void withdraw() {
        nominating.ifPresent(pair -> pair.nominated(false));
        nominating = Optional.empty();
    }

    /** A pair does not work. */
    void onFailed(CandidatePair pair) {
        pair.nominated(false);
        nominating = nominating.filter(n -> n != pair);
    }

    /** A pair is gone; until there is another one, the search goes on. */
    void onGone(CandidatePair pair) {
        onFailed(pair);
        selected = selected.filter(s -> s != pair);
    }
}
