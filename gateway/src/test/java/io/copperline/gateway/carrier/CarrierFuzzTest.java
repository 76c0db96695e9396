package io.copperline.gateway.carrier;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.copperline.codecs.Secret;
import io.copperline.config.CarrierHabits;
import io.copperline.config.CarrierHabits.Reporting;
import io.copperline.config.HabitsReader;
import io.copperline.gateway.carrier.WireReader.Reading;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

class CarrierFuzzTest {
    private static final List<CarrierHabits> CARRIERS =
            Stream.of("bandwidth", "telnyx", "teams").map(HabitsReader::shipped).toList();

    private static final Reply NOBODY = new Reply() {
        @Override
        public void send(String response) {
            if (!response.contains("SIP/2.0") || response.indexOf("\r\n\r\n") < 0) {
                throw new AssertionError(response);
            }
        }

        @Override
        public InetSocketAddress peer() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 5070);
        }

        @Override
        public boolean stream() {
            return false;
        }
    };

    /** Whatever comes is answered or not; no exception leaves the server, and no call has a port here. */
    @FuzzTest
    void anyMessage(byte[] bytes) {
        CARRIERS.forEach(habits -> server(habits).on(bytes, NOBODY));
    }

    /** Whatever answers a call of the carrier's own, and then a CANCEL, leaves no exception either. */
    @FuzzTest
    void anyAnswer(byte[] bytes) {
        CarrierHabits habits = CARRIERS.getFirst();
        Self self = new Self(habits, new InetSocketAddress(InetAddress.getLoopbackAddress(), 5060), "tag");
        SimulatedTime time = new SimulatedTime();
        DigestAnswer credentials = new DigestAnswer("account", new Secret("secret"), "c");
        RtpDoor.Parts audio =
                new RtpDoor.Parts(self.at().getAddress(), Reporting.APART, new SecureRandom(), time::nanos, _ -> {});
        Calls calls = new Calls(
                self,
                (_, _, _) -> {
                    throw new SocketException("none");
                },
                time,
                () -> {});
        Dialer.Phones phones = encrypted -> new TonePhone(new RtpDoor(audio, encrypted), time::nanos, 1);
        Registrar registrar = new Registrar(habits, new Credentials("account", new Secret("secret"), "r", "n"), time);
        try (Dialer dialer = new Dialer(
                new PlacedCall.Parts(self, calls, time, time::nanos, credentials), registrar, phones, () -> "id")) {
            dialer.call(
                    new CallOrder("+12025550150", "+14045550100", false, "", Optional.empty(), "5", 5_000, 20_000),
                    "sip:account@127.0.0.1:5070",
                    _ -> NOBODY,
                    outcome -> outcome.json(List.of()));
            for (int i = 0; i < 3; i++) {
                if (WireReader.read(bytes) instanceof Reading.Response response) {
                    dialer.on(response);
                }
                time.pass(20_000);
            }
        }
        calls.close();
    }

    /** Whatever reports come are taken or not. */
    @FuzzTest
    void anyReports(byte[] bytes) {
        Reports reports = new Reports(1, 8_000, 0);
        reports.onReports(bytes, bytes.length, 0);
        reports.write(new byte[Reports.LARGEST], 1);
    }

    @FuzzTest
    void anyStream(byte[] bytes) throws IOException {
        UserAgentServer server = server(CARRIERS.getFirst());
        MessageStream stream = new MessageStream(new ByteArrayInputStream(bytes), () -> {});
        for (Optional<byte[]> next = stream.next(); next.isPresent(); next = stream.next()) {
            server.on(next.get(), NOBODY);
        }
    }

    @FuzzTest
    void anyOffer(byte[] bytes) {
        AudioOffer.parse(new String(bytes, StandardCharsets.UTF_8)).ifPresent(offer -> {
            offer.choose(CARRIERS.getLast().codecs());
            offer.formats().keySet().forEach(offer::answered);
        });
    }

    private static UserAgentServer server(CarrierHabits habits) {
        Self self = new Self(habits, new InetSocketAddress(InetAddress.getLoopbackAddress(), 5060), "tag");
        Credentials credentials = new Credentials("account", new Secret("secret"), "realm", "nonce");
        Later never = (what, millis) -> () -> {};
        Calls.Phones none = (_, _, _) -> {
            throw new SocketException("none");
        };
        return new UserAgentServer(
                self,
                credentials,
                new Insistence(habits, "account"),
                new Registrar(habits, credentials, never),
                new Calls(self, none, never, () -> {}),
                new Complaints(CarrierFuzzTest::read),
                _ -> {});
    }

    private static void read(Violation violation) {
        if (violation.toString().isEmpty() || violation.json().isEmpty()) {
            throw new AssertionError("says too little");
        }
    }
}
