package io.copperline.gateway.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** What a run has measured; {@code docs/benchmark.md} says how. */
record Figures(
        int calls,
        double seconds,
        double othersShareOfMachine,
        String srtpProfile,
        double cpuMillisPerCallSecond,
        Map<String, Double> cpuMillisPerCallSecondByThread,
        double floorMillisPerCallSecond,
        Map<Floor.Work, Double> floorByWork,
        double ratio,
        double liveHeapKilobytesPerCall,
        double outsideHeapKilobytesPerCall,
        double residentKilobytesPerCall,
        double allocatedBytesPerPacket,
        Flow browserToTrunk,
        Flow trunkToBrowser,
        double opusDelayMillis,
        long socketDrops,
        Map<String, Double> gatewayDrops,
        long brokenCalls,
        Setups setups,
        Profile.Shares profile) {

    /** One direction: packets that came out and were missing, marks found, and by how much they were later. */
    record Flow(
            long received, long lost, int marks, long marksUnheard, double delayMedianMillis, double delayP99Millis) {}

    /** Calls set up and ended in a loop; {@code cpuMillisPerCall} is what one costs the gateway. */
    record Setups(
            long calls,
            long failed,
            double perSecond,
            double cpuMillisPerCall,
            double medianMillis,
            double p99Millis) {}

    void write(Path file) throws IOException {
        new ObjectMapper()
                .registerModule(new JavaTimeModule())
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(file.toFile(), this);
    }
}
