package io.copperline.codecs.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteAddressTest {
    // RFC 5952 section 4.
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, IN IP4 192.0.2.1",
        "0:0:0:0:0:0:0:1, IN IP6 ::1",
        "2001:0DB8:0:0:0:0:0:8, IN IP6 2001:db8::8",
        "2001:db8:0:1:1:1:1:1, IN IP6 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, IN IP6 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, IN IP6 2001:db8::1:0:0:1",
        "2001:db8:1:2:3:4:0:0, IN IP6 2001:db8:1:2:3:4::",
        "fe80::1%1, IN IP6 fe80::1"
    })
    void ourAddressesAreWrittenShort(String address, String line) {
        assertEquals(line, RemoteAddress.connection(InetAddress.ofLiteral(address)));
    }
}
