package io.copperline.codecs.srtp;

import io.copperline.codecs.rtp.RtpHeader;

/** Protects what we send to one peer. Owned by one leg. */
public final class SrtpSender {
    private static final int MAX_STREAMS = 8;

    private final Transform rtp;
    private final Transform rtcp;
    private final int[] ssrcs = new int[MAX_STREAMS];
    private final int[] rollOvers = new int[MAX_STREAMS];
    private final int[] lastSequences = new int[MAX_STREAMS];
    private int streams;
    private int rtcpIndex;

    /** @param key of our direction; it may be wiped afterwards, since the session keys are derived here */
    public SrtpSender(SrtpKey key) {
        KeyDerivation derivation = new KeyDerivation(key);
        rtp = derivation.transform(KeyDerivation.RTP);
        rtcp = derivation.transform(KeyDerivation.RTCP);
    }

    /**
     * Protects an RTP packet in place. Sequence numbers of one SSRC must rise by one from packet to packet; the array needs
     * {@link SrtpProfile#MAX_TRAILER_BYTES} behind the packet.
     *
     * @return the new length
     */
    public int protectRtp(byte[] packet, int off, int len) {
        int ssrc = (int) RtpHeader.ssrc(packet, off);
        int stream = stream(ssrc, RtpHeader.sequence(packet, off));
        long index = ((rollOvers[stream] & 0xffff_ffffL) << 16) | lastSequences[stream];
        return rtp.sealRtp(packet, off, len, RtpHeader.headerLength(packet, off), ssrc, index);
    }

    /** Protects an RTCP compound packet in place; the same room behind it is needed. */
    public int protectRtcp(byte[] packet, int off, int len) {
        rtcpIndex = (rtcpIndex + 1) & 0x7fff_ffff;
        return rtcp.sealRtcp(packet, off, len, SrtpReceiver.rtcpSsrc(packet, off), rtcpIndex);
    }

    private int stream(int ssrc, int sequence) {
        for (int i = 0; i < streams; i++) {
            if (ssrcs[i] == ssrc) {
                if (sequence < lastSequences[i]) {
                    rollOvers[i]++;
                }
                lastSequences[i] = sequence;
                return i;
            }
        }
        if (streams == MAX_STREAMS) {
            throw new IllegalStateException("more than " + MAX_STREAMS + " streams of ours to one peer");
        }
        ssrcs[streams] = ssrc;
        lastSequences[streams] = sequence;
        return streams++;
    }
}
