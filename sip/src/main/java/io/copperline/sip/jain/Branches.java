package io.copperline.sip.jain;

import gov.nist.javax.sip.SIPConstants;
import gov.nist.javax.sip.message.SIPRequest;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.UUID;

/** The branch of a request that has no transaction. */
final class Branches {
    private Branches() {}

    /**
     * Gives the ACK of a 2xx its branch, the same whenever it is repeated. The stack would write one without the cookie, by which
     * servers take the sender for one of RFC 2543 (RFC 3261 section 8.1.1.7).
     */
    static void ofAck(SIPRequest ack) throws ParseException {
        UUID id = UUID.nameUUIDFromBytes(ack.getTransactionId().getBytes(StandardCharsets.UTF_8));
        ack.getTopmostVia().setBranch(SIPConstants.BRANCH_MAGIC_COOKIE + id);
    }
}
