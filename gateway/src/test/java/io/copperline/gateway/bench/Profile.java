package io.copperline.gateway.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import jdk.management.jfr.FlightRecorderMXBean;

/** Where the shards' processor time and heap allocation go, by JFR's processor-time sampler (JEP 509) and allocation sampler. */
final class Profile {
    private static final int MOST_SITES = 12;

    /** A part of the work and the classes that do it; the first that a stack meets from its top down. */
    private record Part(String name, String... classes) {
        boolean has(String className) {
            for (String prefix : classes) {
                if (className.startsWith(prefix)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static final String CODECS = "io.copperline.codecs.";
    private static final List<Part> PARTS = List.of(
            new Part("libopus, encoding", CODECS + "audio.OpusEncoder"),
            new Part("libopus, decoding", CODECS + "audio.OpusDecoder"),
            new Part("SRTP", CODECS + "srtp."),
            new Part("G.711, concealment, level", CODECS + "audio."),
            new Part("jitter buffer, RTP and RTCP", CODECS + "rtp."),
            new Part("digits", CODECS + "dtmf."),
            new Part("socket calls", "io.netty.channel.unix.Socket", "io.netty.channel.epoll.LinuxSocket"),
            new Part("waiting for sockets", "io.netty.channel.epoll.Native"),
            new Part("Netty", "io.netty."),
            new Part("webrtc peer", "io.copperline.webrtc."),
            new Part("shard, doors, directions", "io.copperline."));

    /** Shares of the shards' samples by part of the work; shares of their allocation by who allocates, and where the most is. */
    record Shares(Map<String, Double> cpu, Map<String, Double> allocation, Map<String, Double> allocationSites) {}

    private final Map<String, Double> cpu = new HashMap<>();
    private final Map<String, Double> allocation = new HashMap<>();
    private final Map<String, Double> sites = new HashMap<>();
    private final Set<Long> allocating = new HashSet<>();

    private Profile() {}

    static Shares of(FlightRecorderMXBean recorder, Path directory, int seconds)
            throws IOException, InterruptedException {
        Path file = directory.resolve("profile.jfr");
        long recording = recorder.newRecording();
        recorder.setRecordingSettings(
                recording,
                Map.of(
                        "jdk.CPUTimeSample#enabled", "true",
                        "jdk.CPUTimeSample#throttle", "1ms",
                        "jdk.ObjectAllocationSample#enabled", "true",
                        "jdk.ObjectAllocationSample#throttle", "2000/s",
                        "jdk.ObjectAllocationSample#stackTrace", "true"));
        recorder.startRecording(recording);
        TimeUnit.SECONDS.sleep(seconds);
        recorder.stopRecording(recording);
        recorder.copyTo(recording, file.toString());
        recorder.closeRecording(recording);
        Profile profile = new Profile();
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                profile.add(events.readEvent());
            }
        }
        return new Shares(
                Ranking.shares(profile.cpu, Integer.MAX_VALUE),
                Ranking.shares(profile.allocation, Integer.MAX_VALUE),
                Ranking.shares(profile.sites, MOST_SITES));
    }

    private void add(RecordedEvent event) {
        switch (event.getEventType().getName()) {
            case "jdk.CPUTimeSample" -> {
                RecordedThread thread = event.getValue("eventThread");
                if (ofShard(thread)) {
                    cpu.merge(part(event.getStackTrace()), 1.0, Double::sum);
                }
            }
            case "jdk.ObjectAllocationSample" -> {
                // A thread's first sample stands for all that it has allocated since its start.
                if (ofShard(event.getThread())
                        && !allocating.add(event.getThread().getJavaThreadId())) {
                    double bytes = event.getLong("weight");
                    RecordedClass type = event.getValue("objectClass");
                    String site = site(event.getStackTrace());
                    allocation.merge(owner(event.getStackTrace(), site), bytes, Double::sum);
                    sites.merge(type.getName() + " in " + site, bytes, Double::sum);
                }
            }
            default -> {}
        }
    }

    private static boolean ofShard(RecordedThread thread) {
        return thread != null
                && thread.getJavaName() != null
                && thread.getJavaName().startsWith("shard");
    }

    private static String part(RecordedStackTrace stack) {
        if (stack == null) {
            return "unknown";
        }
        for (RecordedFrame frame : stack.getFrames()) {
            String name = className(frame);
            for (Part part : PARTS) {
                if (part.has(name)) {
                    return part.name();
                }
            }
        }
        return "Java runtime";
    }

    /** The nearest frame that is not the Java runtime's. */
    private static String site(RecordedStackTrace stack) {
        if (stack == null) {
            return "unknown";
        }
        for (RecordedFrame frame : stack.getFrames()) {
            String name = className(frame);
            if (!name.startsWith("java.")
                    && !name.startsWith("jdk.")
                    && !name.startsWith("sun.")
                    && !name.startsWith("com.sun.")
                    && !name.startsWith("javax.")) {
                return name + "." + frame.getMethod().getName();
            }
        }
        return "Java runtime";
    }

    private static String owner(RecordedStackTrace stack, String site) {
        if (site.startsWith("io.copperline.")) {
            boolean own = className(stack.getFrames().getFirst()).startsWith("io.copperline.");
            return own ? "ours" : "the Java runtime's, called by us";
        }
        return site.startsWith("io.netty.") ? "Netty's, and the Java runtime's called by it" : "others";
    }

    private static String className(RecordedFrame frame) {
        return frame.getMethod().getType().getName();
    }
}
