package io.copperline.webrtc.jsep;

import io.copperline.codecs.sdp.SdpException;
import io.copperline.codecs.sdp.SdpMedia;
import java.util.Optional;

/**
 * What the other side's section for data channels says (RFC 8841 sections 5 and 6).
 *
 * @param sctpPort its port, 1 to 65535
 * @param maxMessageBytes the largest message it takes; 0 for any size
 */
public record NegotiatedData(int sctpPort, long maxMessageBytes) {
    private static final long DEFAULT_MAX_MESSAGE_BYTES = 65_536;

    static NegotiatedData of(SdpMedia section) throws SdpException {
        long port = number(section.attribute("sctp-port"), 0, "sctp-port");
        if (port < 1 || port > 65_535) {
            throw new SdpException("the data section needs a=sctp-port from 1 to 65535");
        }
        return new NegotiatedData(
                (int) port,
                number(section.attribute("max-message-size"), DEFAULT_MAX_MESSAGE_BYTES, "max-message-size"));
    }

    private static long number(Optional<String> value, long otherwise, String name) throws SdpException {
        if (value.isEmpty()) {
            return otherwise;
        }
        String text = value.get().trim();
        if (!text.matches("[0-9]{1,18}")) {
            throw new SdpException("a=" + name + " is not a number");
        }
        return Long.parseLong(text);
    }
}
