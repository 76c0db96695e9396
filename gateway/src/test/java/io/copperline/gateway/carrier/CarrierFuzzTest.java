package io.copperline.gateway.carrier;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.copperline.codecs.Secret;
import io.copperline.config.CarrierHabits;
import io.copperline.config.HabitsReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

class CarrierFuzzTest {
    private static final List<CarrierHabits> CARRIERS =
            Stream.of("bandwidth", "telnyx", "teams").map(HabitsReader::shipped).toList();

    private static final Reply NOBODY = new Reply() {
        @Override
        public void send(String response) {
            if (!response.startsWith("SIP/2.0 ") || response.indexOf("\r\n\r\n") < 0) {
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
        Calls.Phones none = (formats, theirs) -> {
            throw new SocketException("none");
        };
        return new UserAgentServer(
                self,
                credentials,
                new Insistence(habits, "account"),
                new Registrar(habits, credentials, never),
                new Calls(self, none, never, () -> {}),
                new Complaints(CarrierFuzzTest::read));
    }

    private static void read(Violation violation) {
        if (violation.toString().isEmpty() || violation.json().isEmpty()) {
            throw new AssertionError("says too little");
        }
    }
}
