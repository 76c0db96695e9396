package io.copperline.webrtc.stats;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** RTCStatsReport: all statistics of a peer at one moment, by their ids. */
public final class StatsReport {
    private final SequencedMap<String, Stats> byId = new LinkedHashMap<>();

    public StatsReport(List<? extends Stats> stats) {
        stats.forEach(s -> byId.put(s.id(), s));
    }

    /** The one with this id, of this kind. */
    public <S extends Stats> Optional<S> find(Class<S> kind, String id) {
        return Optional.ofNullable(byId.get(id)).filter(kind::isInstance).map(kind::cast);
    }

    /** The first of this kind; there is one transport, and at most one stream each way. */
    public <S extends Stats> Optional<S> first(Class<S> kind) {
        return all(kind).findFirst();
    }

    public <S extends Stats> Stream<S> all(Class<S> kind) {
        return byId.values().stream().filter(kind::isInstance).map(kind::cast);
    }

    /** All, by id. */
    public Map<String, Stats> asMap() {
        return Map.copyOf(byId);
    }
}
