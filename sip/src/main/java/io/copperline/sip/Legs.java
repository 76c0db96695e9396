package io.copperline.sip;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Every leg of an endpoint, by what messages say of it. The one thing that legs share across threads. */
final class Legs {
    private record Key(String callId, String tag) {}

    private final Map<Key, Leg> byOurTag = new ConcurrentHashMap<>();
    private final Map<Key, Leg> byTheirTag = new ConcurrentHashMap<>();
    private final Set<Leg> open = ConcurrentHashMap.newKeySet();
    private final Map<String, LongAdder> openByTrunk = new ConcurrentHashMap<>();
    private final AtomicInteger farewells = new AtomicInteger();

    void add(Leg leg) {
        byOurTag.put(new Key(leg.sipCallId(), leg.localTag()), leg);
        open.add(leg);
        tally(leg).increment();
    }

    /** Adds a leg that an INVITE has made; false where that INVITE has come before by another way (RFC 3261 section 8.2.2.2). */
    boolean addIncoming(Leg leg, String theirTag) {
        if (byTheirTag.putIfAbsent(new Key(leg.sipCallId(), theirTag), leg) != null) {
            return false;
        }
        add(leg);
        return true;
    }

    /** The leg of a message that names our tag. */
    Optional<Leg> byOurTag(String callId, String tag) {
        return Optional.ofNullable(byOurTag.get(new Key(callId, tag)));
    }

    /** The leg that an INVITE of theirs has made. */
    Optional<Leg> byTheirTag(String callId, String tag) {
        return Optional.ofNullable(byTheirTag.get(new Key(callId, tag)));
    }

    /** The leg is over for its owner. */
    void ended(Leg leg) {
        if (open.remove(leg)) {
            tally(leg).decrement();
        }
    }

    /** Nothing that comes in concerns the leg any more. */
    void remove(Leg leg) {
        ended(leg);
        byOurTag.remove(new Key(leg.sipCallId(), leg.localTag()), leg);
        leg.theirTag().ifPresent(tag -> byTheirTag.remove(new Key(leg.sipCallId(), tag), leg));
    }

    /** A BYE is on its way, or has been dealt with. */
    void farewell(int change) {
        farewells.addAndGet(change);
    }

    boolean isQuiet() {
        return open.isEmpty() && farewells.get() <= 0;
    }

    /** Legs that are over for their owners, and kept for what comes again. */
    int endedCount() {
        return (int)
                byOurTag.values().stream().filter(leg -> !open.contains(leg)).count();
    }

    int openCount() {
        return open.size();
    }

    int openCount(String trunk) {
        return openByTrunk.getOrDefault(trunk, new LongAdder()).intValue();
    }

    List<Leg> open() {
        return List.copyOf(open);
    }

    private LongAdder tally(Leg leg) {
        return openByTrunk.computeIfAbsent(leg.line().settings().name(), name -> new LongAdder());
    }
}
