package io.copperline.webrtc.ice;

import io.copperline.webrtc.ice.CandidatePair.State;
import io.copperline.webrtc.stun.StunMessage;
import java.net.Inet6Address;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pairs of the one component there is, and which of them is checked next (RFC 8445 section 6.1). */
final class Checklist {
    /** Section 6.1.2.5 allows 100; no browser has so many addresses, and each costs somebody a few checks. */
    private static final int MAX_PAIRS = 32;

    private final List<IceCandidate> candidates;
    private final Role role;
    private final List<CandidatePair> pairs = new ArrayList<>();
    private final ArrayDeque<CandidatePair> triggered = new ArrayDeque<>();

    /** @param candidates our own */
    Checklist(List<IceCandidate> candidates, Role role) {
        this.candidates = List.copyOf(candidates);
        this.role = role;
    }

    boolean isEmpty() {
        return pairs.isEmpty();
    }

    /** Whether a check is due, or under way, by which another pair may be selected. */
    boolean unsettled() {
        for (int i = 0; i < pairs.size(); i++) {
            CandidatePair pair = pairs.get(i);
            if (pair.state() == State.IN_PROGRESS && pair.nominated()) {
                return true;
            }
        }
        return !triggered.isEmpty();
    }

    long priority(CandidatePair pair) {
        return pair.priority(role.controlling());
    }

    Optional<CandidatePair> find(TransportAddress remote) {
        for (CandidatePair pair : pairs) {
            if (pair.remote().equals(remote)) {
                return Optional.of(pair);
            }
        }
        return Optional.empty();
    }

    /** Pairs a new remote address with what is ours of its protocol and family; empty where there is nothing. */
    Optional<CandidatePair> pair(TransportAddress remote, String foundation, long priority) {
        Optional<CandidatePair> pair = candidates.stream()
                .filter(ours -> reaches(ours, remote))
                .map(IceCandidate::priority)
                .max(Long::compare)
                .map(ours -> new CandidatePair(remote, foundation, ours, priority));
        pair.ifPresent(this::add);
        return pair.filter(pairs::contains);
    }

    private static boolean reaches(IceCandidate ours, TransportAddress theirs) {
        boolean ipv6 = theirs.socket().getAddress() instanceof Inet6Address;
        return ours.type().equals("host")
                && ours.transport().equalsIgnoreCase(theirs.protocol().name())
                && ours.address()
                        .filter(a -> a.getAddress() instanceof Inet6Address == ipv6)
                        .isPresent();
    }

    /** Where there are too many, the worst that does not work so far goes, which may be this one. */
    private void add(CandidatePair pair) {
        boolean sameChecked = pairs.stream()
                .anyMatch(p -> p.foundation().equals(pair.foundation())
                        && (p.state() == State.WAITING || p.state() == State.IN_PROGRESS));
        pair.state(sameChecked ? State.FROZEN : State.WAITING); // Section 6.1.2.6.
        pairs.add(pair);
        if (pairs.size() > MAX_PAIRS) {
            remove(worst());
        }
    }

    private CandidatePair worst() {
        CandidatePair worst = null;
        for (CandidatePair pair : pairs) {
            boolean unchecked =
                    pair.state() == State.WAITING || pair.state() == State.FROZEN || pair.state() == State.FAILED;
            if (unchecked && (worst == null || priority(pair) < priority(worst))) {
                worst = pair;
            }
        }
        return worst == null ? pairs.getLast() : worst;
    }

    void remove(CandidatePair pair) {
        pairs.remove(pair);
        triggered.remove(pair);
    }

    /** Section 7.3.1.4: a check of this pair goes out before all others. */
    void trigger(CandidatePair pair) {
        if (!triggered.contains(pair)) {
            triggered.add(pair);
        }
    }

    /**
     * The next triggered check, or else one whose answer is overdue.
     *
     * @param settled whether a pair is selected; then no others are repeated but those nominated in its place (section 8.1.2)
     */
    Optional<CandidatePair> urgent(boolean settled, long nowNanos) {
        if (!triggered.isEmpty()) {
            return Optional.of(triggered.remove());
        }
        for (int i = 0; i < pairs.size(); i++) {
            CandidatePair pair = pairs.get(i);
            if (pair.check().due(nowNanos) && (!settled || pair.nominated())) {
                return Optional.of(pair);
            }
        }
        return Optional.empty();
    }

    /** Section 6.1.4.2: the best waiting pair; where none waits, the best frozen one whose foundation rests. */
    Optional<CandidatePair> ordinary() {
        return best(State.WAITING).or(() -> {
            Optional<CandidatePair> thawed = best(State.FROZEN);
            thawed.ifPresent(pair -> pair.state(State.WAITING));
            return thawed;
        });
    }

    /** The best pair that works. */
    Optional<CandidatePair> bestValid() {
        return best(State.SUCCEEDED);
    }

    /** Whether a pair that is better than this one may still turn out to work. */
    boolean betterIsOpen(CandidatePair than) {
        for (CandidatePair pair : pairs) {
            if (pair.state() != State.FAILED && priority(pair) > priority(than)) {
                return true;
            }
        }
        return false;
    }

    private Optional<CandidatePair> best(State state) {
        CandidatePair best = null;
        for (CandidatePair pair : pairs) {
            boolean better = best == null || priority(pair) > priority(best);
            if (pair.state() == state && better && (state != State.FROZEN || rests(pair.foundation()))) {
                best = pair;
            }
        }
        return Optional.ofNullable(best);
    }

    private boolean rests(String foundation) {
        return pairs.stream()
                .noneMatch(p -> p.state() == State.IN_PROGRESS && p.foundation().equals(foundation));
    }

    /** Section 7.2.5.3.3: what is like a pair that works is worth a check. */
    void unfreeze(String foundation) {
        for (CandidatePair pair : pairs) {
            if (pair.state() == State.FROZEN && pair.foundation().equals(foundation)) {
                pair.state(State.WAITING);
            }
        }
    }

    /** The pair whose check has been given up, if there is one. */
    Optional<CandidatePair> expired(long nowNanos) {
        for (int i = 0; i < pairs.size(); i++) {
            if (pairs.get(i).check().expired(nowNanos)) {
                return Optional.of(pairs.get(i));
            }
        }
        return Optional.empty();
    }

    /** The pair whose check this message answers. */
    Optional<CandidatePair> answeredBy(StunMessage message) {
        return pairs.stream().filter(pair -> pair.check().answeredBy(message)).findFirst();
    }
}
