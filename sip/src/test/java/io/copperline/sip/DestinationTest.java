package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Headers;
import io.copperline.sip.wire.Response;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The Contacts of a redirection (RFC 3261 section 8.1.3.4). */
class DestinationTest {
    private static List<String> uris(int status, String... contacts) {
        List<Header> headers = Arrays.stream(contacts)
                .map(contact -> new Header("Contact", contact))
                .collect(Collectors.toList());
        return Destination.of(new Response(status, "", new Headers(headers), "")).stream()
                .map(Destination::uri)
                .toList();
    }

    @Test
    void theBestComesFirst() {
        assertEquals(
                List.of("sip:b@h", "tel:+1", "sip:a@h"),
                uris(302, "<sip:a@h>;q=0.3", "<sip:b@h>", "<tel:+1>;q=0.9;expires=5"));
    }

    @Test
    void headersAndWhatCannotBeCalledAreLeftOut() {
        assertEquals(
                List.of("sip:a@h"),
                uris(302, "<sip:a@h?Route=x>", "<sip:b@h;method=BYE>", "<mailto:x@y>", "junk", "*"));
    }

    @Test
    void onlyARedirectionPointsAnywhere() {
        assertEquals(List.of(), uris(486, "<sip:a@h>"));
    }

    @Test
    void thereIsAnEnd() {
        String[] many = new String[100];
        Arrays.fill(many, "<sip:a@h>");
        assertEquals(8, uris(300, many).size());
    }
}
