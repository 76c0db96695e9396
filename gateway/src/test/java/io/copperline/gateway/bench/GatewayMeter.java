package io.copperline.gateway.bench;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadInfo;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import jdk.management.jfr.FlightRecorderMXBean;

/** Reads the gateway process from outside: Linux's figures, its JVM's, and its own metrics. */
final class GatewayMeter implements AutoCloseable {
    private static final Pattern RANGE = Pattern.compile("\\[0x([0-9a-f]+), *(?:0x[0-9a-f]+, *)?0x([0-9a-f]+)\\)");

    private final ProcFiles proc;
    private final JMXConnector connector;
    private final MBeanServerConnection beans;
    private final ThreadMXBean threads;
    private final MemoryMXBean memory;
    private final URI metrics;
    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * Everything at one moment. {@code othersCpuMillis} is what neither the gateway nor this client has spent;
     * {@code allocated} counts the bytes that the shards' threads have allocated on the heap.
     */
    record Reading(
            long nanos,
            double cpuMillis,
            double othersCpuMillis,
            Map<String, Double> byThread,
            long allocated,
            long socketDrops,
            Map<String, Double> drops) {}

    GatewayMeter(GatewayProcess gateway) throws IOException {
        proc = new ProcFiles(gateway.pid());
        connector = connect(gateway.pid());
        beans = connector.getMBeanServerConnection();
        threads = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        memory = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        metrics = gateway.base().resolve("/metrics");
    }

    @SuppressWarnings("BanJNDI") // The address is that of a process we started ourselves, on this machine.
    private static JMXConnector connect(long pid) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                return JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException(e);
        }
    }

    FlightRecorderMXBean recorder() throws IOException {
        return ManagementFactory.newPlatformMXBeanProxy(
                beans, FlightRecorderMXBean.MXBEAN_NAME, FlightRecorderMXBean.class);
    }

    Reading read() throws IOException, InterruptedException {
        double cpu = proc.cpuMillis();
        return new Reading(
                System.nanoTime(),
                cpu,
                ProcFiles.machineCpuMillis()
                        - cpu
                        - new ProcFiles(ProcessHandle.current().pid()).cpuMillis(),
                proc.cpuMillisByThread(),
                allocatedByShards(),
                proc.socketDrops(),
                drops());
    }

    double cpuMillis() throws IOException {
        return proc.cpuMillis();
    }

    private long allocatedByShards() {
        long[] ids = threads.getAllThreadIds();
        ThreadInfo[] infos = threads.getThreadInfo(ids);
        long[] bytes = threads.getThreadAllocatedBytes(ids);
        long sum = 0;
        for (int i = 0; i < ids.length; i++) {
            if (infos[i] != null && infos[i].getThreadName().startsWith("shard")) {
                sum += bytes[i];
            }
        }
        return sum;
    }

    /** Memory in kilobytes: in all, outside the Java heap, and what of the heap is still in use after a collection. */
    record Memory(double resident, double outsideHeap, double liveHeap) {}

    Memory memory() throws IOException {
        double resident = proc.residentKilobytes();
        double heap = heapResident();
        memory.gc();
        return new Memory(resident, resident - heap, memory.getHeapMemoryUsage().getUsed() / 1024.0);
    }

    private double heapResident() throws IOException {
        String info;
        try {
            info = (String)
                    beans.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcHeapInfo", null, null);
        } catch (JMException e) {
            throw new IOException(e);
        }
        int metaspace = info.indexOf("Metaspace");
        Matcher range = RANGE.matcher(metaspace < 0 ? info : info.substring(0, metaspace));
        long first = Long.MAX_VALUE;
        long end = 0;
        while (range.find()) {
            first = Math.min(first, Long.parseUnsignedLong(range.group(1), 16));
            end = Math.max(end, Long.parseUnsignedLong(range.group(2), 16));
        }
        return proc.residentKilobytes(first, end);
    }

    /** The gateway's own counters of what it dropped, and of bugs, where they are not 0. */
    private Map<String, Double> drops() throws IOException, InterruptedException {
        String text = http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                .body();
        Map<String, Double> found = new TreeMap<>();
        text.lines()
                .filter(line -> line.startsWith("copperline_drops_total") || line.startsWith("copperline_bugs_total"))
                .forEach(line -> {
                    int blank = line.lastIndexOf(' ');
                    double value = Double.parseDouble(line.substring(blank + 1));
                    if (value != 0) {
                        found.put(line.substring("copperline_".length(), blank), value);
                    }
                });
        return found;
    }

    @Override
    public void close() throws IOException {
        connector.close();
        http.shutdownNow();
    }
}
