package io.copperline.sip.locate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.hosts.HostsFileParser;

class HostsFileTest {
    private static final int ROUNDS = 200;
    private static final int TRUNKS = 4;

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("hosts"), """
                127.0.0.1 localhost
                192.0.2.7 pbx pbx.example
                2001:db8::7 pbx.example
                """);
    }

    private HostsFile open() {
        return new HostsFile(new HostsFileParser(file));
    }

    private static List<DnsRecord> records(HostsFile hosts, String name, DnsQuestion.Type type) throws IOException {
        return hosts.ask(new DnsQuestion(name, type)).orElseThrow().records();
    }

    @Test
    void holdsAddressesOfEachFamily() throws IOException {
        HostsFile hosts = open();
        assertEquals(List.of(address("192.0.2.7")), records(hosts, "pbx.example", DnsQuestion.Type.A));
        assertEquals(List.of(address("2001:db8::7")), records(hosts, "pbx.example", DnsQuestion.Type.AAAA));
    }

    @Test
    void aNameOfOneFamilyHasNoAddressOfTheOther() throws IOException {
        assertEquals(List.of(), records(open(), "pbx", DnsQuestion.Type.AAAA));
    }

    @Test
    void leavesAllElseToDns() throws IOException {
        HostsFile hosts = open();
        assertEquals(Optional.empty(), hosts.ask(new DnsQuestion("carrier.example", DnsQuestion.Type.A)));
        assertEquals(Optional.empty(), hosts.ask(new DnsQuestion("_sip._udp.pbx.example", DnsQuestion.Type.SRV)));
    }

    @Test
    void trunksThatAskAtOnceAllFindTheName() throws Exception {
        try (ExecutorService errands = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < ROUNDS; round++) {
                HostsFile hosts = open();
                Callable<List<DnsRecord>> question = () -> records(hosts, "pbx", DnsQuestion.Type.A);
                List<Future<List<DnsRecord>>> answers = new ArrayList<>();
                for (int trunk = 0; trunk < TRUNKS; trunk++) {
                    answers.add(errands.submit(question));
                }
                for (Future<List<DnsRecord>> answer : answers) {
                    assertEquals(List.of(address("192.0.2.7")), answer.get());
                }
            }
        }
    }

    private static DnsRecord address(String literal) {
        return new DnsRecord.Address(InetAddress.ofLiteral(literal));
    }
}
