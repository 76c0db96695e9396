package io.copperline.gateway.media;

import io.copperline.codecs.srtp.SrtpKeys;
import io.copperline.codecs.srtp.SrtpReceiver;
import io.copperline.codecs.srtp.SrtpSender;
import java.util.Optional;

/**
 * The trunk leg's encryption with keys from the SDP (SRTP, RFC 3711). Without keys packets pass as they are; with them no plain
 * packet does, in either direction. The same key keeps its roll-over counters and its memory of what has been received; a new
 * one begins anew, as devices do on a rekey. Owned by its stream.
 */
final class TrunkLock {
    private Optional<SrtpKeys> keys = Optional.empty();
    private Optional<SrtpSender> sender = Optional.empty();
    private Optional<SrtpReceiver> receiver = Optional.empty();
    /** Under the key before: the peer may go on with that until it has our answer, and nothing else of its own has come yet. */
    private Optional<SrtpReceiver> before = Optional.empty();
    /** A packet as it came, while there are two keys: what does not open under one may have been overwritten. */
    private byte[] asReceived = new byte[0];

    /** What is agreed on now; empty: plain RTP. */
    void keys(Optional<SrtpKeys> agreed) {
        if (agreed.isEmpty()) {
            sender = Optional.empty();
            receiver = Optional.empty();
            before = Optional.empty();
        } else {
            renew(agreed.get());
        }
        keys = agreed;
    }

    private void renew(SrtpKeys agreed) {
        if (keys.filter(old -> old.local().equals(agreed.local())).isEmpty()) {
            sender = Optional.of(new SrtpSender(agreed.local()));
        }
        if (keys.filter(old -> old.remote().equals(agreed.remote())).isEmpty()) {
            before = receiver;
            asReceived = before.isPresent() ? new byte[Transport.MAX_DATAGRAM_BYTES] : asReceived;
            receiver = Optional.of(new SrtpReceiver(agreed.remote()));
        }
    }

    /** Protects an RTP packet in place; returns its new length. */
    int protectRtp(byte[] packet, int off, int len) {
        return sender.isPresent() ? sender.get().protectRtp(packet, off, len) : len;
    }

    /** The same for a compound RTCP packet. */
    int protectRtcp(byte[] packet, int off, int len) {
        return sender.isPresent() ? sender.get().protectRtcp(packet, off, len) : len;
    }

    /** Opens an RTP packet in place; returns its length in clear, or a reason of {@link SrtpReceiver} to drop it. */
    int unprotectRtp(byte[] packet, int off, int len) {
        return unprotect(packet, off, len, false);
    }

    /** The same for a compound RTCP packet. */
    int unprotectRtcp(byte[] packet, int off, int len) {
        return unprotect(packet, off, len, true);
    }

    private int unprotect(byte[] packet, int off, int len, boolean rtcp) {
        if (receiver.isEmpty()) {
            return len;
        }
        if (before.isEmpty()) {
            return open(receiver.get(), packet, off, len, rtcp);
        }
        System.arraycopy(packet, off, asReceived, 0, len);
        int plain = open(receiver.get(), packet, off, len, rtcp);
        if (plain == SrtpReceiver.FORGED) {
            System.arraycopy(asReceived, 0, packet, off, len);
            return open(before.get(), packet, off, len, rtcp);
        }
        if (plain >= 0) {
            before = Optional.empty(); // The first packet under the new key ends the old one.
        }
        return plain;
    }

    private static int open(SrtpReceiver receiver, byte[] packet, int off, int len, boolean rtcp) {
        return rtcp ? receiver.unprotectRtcp(packet, off, len) : receiver.unprotectRtp(packet, off, len);
    }
}
