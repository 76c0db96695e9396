package io.copperline.webrtc.ice;

import io.copperline.webrtc.stun.StunAttribute;
import io.copperline.webrtc.stun.StunMessage;
import io.copperline.webrtc.stun.StunPassword;
import io.copperline.webrtc.stun.StunWriter;

/** Takes the other side's checks: who may ask, the answer, and which addresses are the other side's. */
final class IncomingChecks {
    private static final int MAX_ADDRESSES = 16;
    static final int ROLE_CONFLICT = 487;

    private final IceCredentials local;
    private final StunPassword password;
    private final StunWriter writer = new StunWriter();
    private final TransportAddress[] addresses = new TransportAddress[MAX_ADDRESSES];
    private int addressCount;
    private String expectedUsername;
    private boolean remoteKnown;

    IncomingChecks(IceCredentials local) {
        this.local = local;
        password = new StunPassword(local.password());
        expectedUsername = local.ufrag() + ":";
    }

    void remote(IceCredentials remote) {
        expectedUsername = local.ufrag() + ":" + remote.ufrag();
        remoteKnown = true;
    }

    /**
     * RFC 8445 section 7.3: whether a request is the other side's. Nothing is kept of one that is not. Checks may overtake
     * the answer that names the other side; our own password has authenticated them all the same.
     */
    boolean authentic(StunMessage request) {
        return request.fingerprinted()
                && request.username().filter(this::expected).isPresent()
                && request.authentic(password);
    }

    private boolean expected(String username) {
        return remoteKnown ? username.equals(expectedUsername) : username.startsWith(expectedUsername);
    }

    /** Whether the address was known, or could be learnt. */
    boolean learn(TransportAddress from, IceSink sink) {
        if (knows(from)) {
            return true;
        }
        if (addressCount == MAX_ADDRESSES) {
            return false;
        }
        addresses[addressCount++] = from;
        sink.validated(from);
        return true;
    }

    boolean knows(TransportAddress from) {
        for (int i = 0; i < addressCount; i++) {
            if (addresses[i].equals(from)) {
                return true;
            }
        }
        return false;
    }

    void forget(TransportAddress address) {
        for (int i = 0; i < addressCount; i++) {
            if (addresses[i].equals(address)) {
                addresses[i] = addresses[--addressCount];
                addresses[addressCount] = null;
                return;
            }
        }
    }

    void confirm(StunMessage request, TransportAddress from, IceSink sink) {
        writer.begin(StunMessage.BINDING_SUCCESS, request.transactionId()).mappedAddress(from.socket());
        sink.transmit(writer.buffer(), 0, writer.finish(password), from);
    }

    /** Section 7.3.1.1: both believe to have the same role, and the other side has to change. */
    void refuseRole(StunMessage request, TransportAddress from, IceSink sink) {
        writer.begin(StunMessage.BINDING_ERROR, request.transactionId()).error(ROLE_CONFLICT);
        sink.transmit(writer.buffer(), 0, writer.finish(password), from);
    }

    static boolean claimsControlled(StunMessage request) {
        return request.has(StunAttribute.ICE_CONTROLLED);
    }
}
