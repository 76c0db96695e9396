package io.copperline.codecs.rtp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/** A sender of numbered frames, a network and a ticking receiver in simulated time, and what the receiver was given. */
final class LossyNetwork {
    static final long MILLI = 1_000_000L;

    private record Flight(long arrivalNanos, int frame) {}

    final JitterBuffer buffer;
    final List<Integer> played = new ArrayList<>();
    final List<JitterBuffer.Taken> taken = new ArrayList<>();
    final List<Double> waitedMillis = new ArrayList<>();
    int fecPossible;

    int clockHz = 48_000;
    int frameMillis = 20;
    int firstSequence = 65_000;
    long firstTimestamp = 0xFFFF_0000L;
    double senderClock = 1;
    double tickPhaseMillis = 7;
    DoubleSupplier delayMillis = () -> 10;
    IntPredicate lost = _ -> false;
    IntUnaryOperator timestampFrame = frame -> frame;
    boolean silent;

    LossyNetwork(JitterBuffer buffer) {
        this.buffer = buffer;
    }

    void run(int frames) {
        List<Flight> flights = new ArrayList<>();
        for (int frame = 0; frame < frames; frame++) {
            if (!lost.test(frame)) {
                double sentMillis = timestampFrame.applyAsInt(frame) * (double) frameMillis * senderClock;
                flights.add(new Flight((long) ((sentMillis + delayMillis.getAsDouble()) * MILLI), frame));
            }
        }
        deliver(flights, (long) (timestampFrame.applyAsInt(frames) * (double) frameMillis * senderClock * MILLI));
    }

    private void deliver(List<Flight> flights, long endNanos) {
        flights.sort(Comparator.comparingLong(Flight::arrivalNanos));
        Map<Integer, Long> arrivals = new HashMap<>();
        int next = 0;
        for (long now = (long) (tickPhaseMillis * MILLI); now < endNanos; now += frameMillis * MILLI) {
            while (next < flights.size() && flights.get(next).arrivalNanos() <= now) {
                Flight flight = flights.get(next++);
                arrivals.putIfAbsent(flight.frame(), flight.arrivalNanos());
                put(flight.frame(), flight.arrivalNanos());
            }
            take(now, arrivals);
        }
    }

    void put(int frame, long nowNanos) {
        byte[] payload = new byte[9];
        Bytes.put32(payload, 5, frame);
        long timestamp = firstTimestamp + (long) timestampFrame.applyAsInt(frame) * frameMillis * clockHz / 1000;
        buffer.put(payload, 5, 4, firstSequence + frame & 0xFFFF, timestamp & 0xFFFF_FFFFL, frame == 0, nowNanos);
    }

    private void take(long now, Map<Integer, Long> arrivals) {
        JitterBuffer.Taken result = buffer.take(now);
        taken.add(result);
        if (result == JitterBuffer.Taken.FRAME) {
            int frame = (int) Bytes.u32(buffer.payload(), buffer.payloadOffset());
            played.add(frame);
            waitedMillis.add((now - arrivals.get(frame)) / 1e6);
        } else if (buffer.nextPresent()) {
            fecPossible++;
        }
        buffer.silent(silent);
    }

    long count(JitterBuffer.Taken result) {
        return taken.stream().filter(result::equals).count();
    }

    double meanWaitMillis(int from) {
        return waitedMillis.stream()
                .skip(from)
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }

    boolean inOrder() {
        for (int i = 1; i < played.size(); i++) {
            if (played.get(i) <= played.get(i - 1)) {
                return false;
            }
        }
        return true;
    }
}
