package io.copperline.gateway.bench.trunk;

import io.copperline.gateway.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Accounts that register without a pause: REGISTER, 401, REGISTER with a digest, 200. */
final class Registers {
    private static final int ACCOUNTS = 2_000;
    private static final int AT_ONCE = 100;
    private static final int MOST_PER_SECOND = 5_000;
    private static final String SCENARIO = """
            <?xml version="1.0" encoding="ISO-8859-1"?>
            <!DOCTYPE scenario SYSTEM "sipp.dtd">
            <scenario name="registers">
              <send retrans="500"><![CDATA[
            REGISTER sip:[remote_ip]:[remote_port] SIP/2.0
            Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
            Max-Forwards: 70
            From: <sip:user@[remote_ip]>;tag=[call_number]
            To: <sip:user@[remote_ip]>
            Call-ID: [call_id]
            CSeq: 1 REGISTER
            Contact: <sip:user@[local_ip]:[local_port]>
            Expires: 600
            Content-Length: 0
              ]]></send>
              <recv response="401" auth="true"/>
              <send retrans="500"><![CDATA[
            REGISTER sip:[remote_ip]:[remote_port] SIP/2.0
            Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
            Max-Forwards: 70
            From: <sip:user@[remote_ip]>;tag=[call_number]
            To: <sip:user@[remote_ip]>
            Call-ID: [call_id]
            CSeq: 2 REGISTER
            Contact: <sip:user@[local_ip]:[local_port]>
            [authentication username=user password=%s]
            Expires: 600
            Content-Length: 0
              ]]></send>
              <recv response="200"/>
            </scenario>
            """.formatted(ScriptedRegistrar.PASSWORD);

    /**
     * @param perSecond accounts registered in a second, of two REGISTERs each
     * @param cpuMillisEach processor time of the side that registers
     * @param repeated REGISTERs beyond two
     */
    record Cost(long registered, long wrong, long repeated, double perSecond, double cpuMillisEach) {}

    private final Path directory;

    Registers(Path directory) {
        this.directory = directory;
    }

    /** Our own endpoint registers. */
    Cost ours(int warmUpSeconds, int seconds) throws Exception {
        int port = FreePorts.one();
        try (ScriptedRegistrar registrar = new ScriptedRegistrar(port);
                OwnProcess accounts = OwnProcess.java(Registering.class, port + "", ACCOUNTS + "")) {
            return measure(registrar, accounts, warmUpSeconds, seconds);
        }
    }

    /** The floor: sipp does the same by a scenario. */
    Cost floor(int warmUpSeconds, int seconds) throws Exception {
        int port = FreePorts.one();
        Path scenario = Files.writeString(directory.resolve("registers.xml"), SCENARIO);
        List<String> arguments = List.of(
                "-sf",
                scenario.toString(),
                "127.0.0.1:" + port,
                "-p",
                FreePorts.one() + "",
                "-r",
                MOST_PER_SECOND + "",
                "-l",
                AT_ONCE + "");
        try (ScriptedRegistrar registrar = new ScriptedRegistrar(port);
                OwnProcess sipp = OwnProcess.sipp(OwnProcess.MEASURED, directory, arguments)) {
            return measure(registrar, sipp, warmUpSeconds, seconds);
        }
    }

    private static Cost measure(ScriptedRegistrar registrar, OwnProcess registering, int warmUpSeconds, int seconds)
            throws IOException, InterruptedException {
        TimeUnit.SECONDS.sleep(warmUpSeconds);
        long begin = System.nanoTime();
        long before = registrar.registered();
        long messages = registrar.messages();
        double cpu = registering.cpuMillis();
        TimeUnit.SECONDS.sleep(seconds);
        double took = (System.nanoTime() - begin) / 1e9;
        long registered = registrar.registered() - before;
        return new Cost(
                registered,
                registrar.wrong(),
                Math.max(0, registrar.messages() - messages - 2 * registered),
                registered / took,
                (registering.cpuMillis() - cpu) / Math.max(1, registered));
    }
}
