package io.copperline.gateway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Linux tells about another process. */
public final class ProcFiles {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int TICKS_PER_SECOND = 100;
    private static final int UTIME_FIELD = 11;
    private static final int IDLE_FIELD = 4;
    private static final int IOWAIT_FIELD = 5;
    private static final int STEAL_FIELD = 8;
    private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-[0-9a-f]+ ");

    private final Path process;

    public ProcFiles(long pid) {
        process = Path.of("/proc/" + pid);
    }

    /** User and system time of all threads, also of those that have ended, in milliseconds. */
    public double cpuMillis() throws IOException {
        String stat = Files.readString(process.resolve("stat"));
        // Behind the name, which may hold blanks and parentheses, the third field is next.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[UTIME_FIELD]) + Long.parseLong(fields[UTIME_FIELD + 1]);
        return ticks * 1_000.0 / TICKS_PER_SECOND;
    }

    /** Processor time that all of the machine has spent, in milliseconds; steal, which others took, is among it. */
    public static double machineCpuMillis() throws IOException {
        String[] fields =
                Files.readAllLines(Path.of("/proc/stat")).getFirst().strip().split("\\s+");
        long busy = 0;
        for (int i = 1; i <= STEAL_FIELD; i++) {
            busy += i == IDLE_FIELD || i == IOWAIT_FIELD ? 0 : Long.parseLong(fields[i]);
        }
        return busy * 1_000.0 / TICKS_PER_SECOND;
    }

    /** Milliseconds of processor time by kind of thread: names without their numbers. */
    Map<String, Double> cpuMillisByThread() throws IOException {
        Map<String, Double> all = new TreeMap<>();
        try (Stream<Path> tasks = Files.list(process.resolve("task"))) {
            for (Path task : tasks.toList()) {
                try {
                    String name = Files.readString(task.resolve("comm")).strip();
                    String nanos = Files.readString(task.resolve("schedstat")).split(" ")[0];
                    all.merge(kind(name), Long.parseLong(nanos) / NANOS_PER_MILLI, Double::sum);
                } catch (IOException e) {
                    // It has just ended.
                }
            }
        }
        return all;
    }

    private static String kind(String thread) {
        if (thread.startsWith("shard")) {
            return "shards";
        }
        if (thread.startsWith("C1 ") || thread.startsWith("C2 ")) {
            return "compilers";
        }
        return thread.startsWith("G1 ") || thread.startsWith("GC ") || thread.startsWith("VM ")
                ? "garbage collection, VM"
                : "others";
    }

    public long residentKilobytes() throws IOException {
        for (String line : Files.readAllLines(process.resolve("status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no VmRSS in " + process);
    }

    /** What of an address range is in memory. */
    long residentKilobytes(long first, long end) throws IOException {
        long sum = 0;
        boolean inside = false;
        for (String line : Files.readAllLines(process.resolve("smaps"))) {
            Matcher mapping = MAPPING.matcher(line);
            if (mapping.lookingAt()) {
                long from = Long.parseUnsignedLong(mapping.group(1), 16);
                inside = from >= first && from < end;
            } else if (inside && line.startsWith("Rss:")) {
                sum += Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return sum;
    }

    /** Datagrams that the kernel has dropped before this process read them, on sockets that are open now. */
    long socketDrops() throws IOException {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            for (Path descriptor : descriptors.toList()) {
                try {
                    inodes.add(Files.readSymbolicLink(descriptor).toString().replaceAll("\\D", ""));
                } catch (IOException e) {
                    // It has just been closed.
                }
            }
        }
        List<String> lines = new ArrayList<>();
        lines.addAll(Files.readAllLines(process.resolve("net/udp")));
        lines.addAll(Files.readAllLines(process.resolve("net/udp6")));
        long drops = 0;
        for (String line : lines) {
            String[] fields = line.strip().split("\\s+");
            if (fields.length >= 13 && inodes.contains(fields[9])) {
                drops += Long.parseLong(fields[12]);
            }
        }
        return drops;
    }
}
