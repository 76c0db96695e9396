package io.copperline.codecs.srtp;

/** Encrypts and authenticates packets of one direction and kind, in place. Lengths are of the whole packet. */
sealed interface Transform permits CmTransform, GcmTransform {
    /** The result of {@code open} for a packet whose tag is wrong. */
    int FORGED = -1;

    /** The SRTCP word's flag for an encrypted packet (RFC 3711 section 3.4). */
    int ENCRYPTED = 0x8000_0000;

    /** The clear part of RTCP: the first header and the sender's SSRC. */
    int RTCP_CLEAR_BYTES = 8;

    /**
     * @param clear length of the RTP header with its extension, which is not encrypted
     * @param index the 48-bit packet index, roll-over counter and sequence number
     * @return the new length
     */
    int sealRtp(byte[] packet, int off, int len, int clear, int ssrc, long index);

    /** The opposite; returns the length without the tag, or {@link #FORGED}. */
    int openRtp(byte[] packet, int off, int len, int clear, int ssrc, long index);

    /** As {@link #sealRtp}; the SRTCP index of 31 bits is appended. */
    int sealRtcp(byte[] packet, int off, int len, int ssrc, int index);

    /** The opposite; {@code word} is the index with its flag, already read by {@link #rtcpWord}. */
    int openRtcp(byte[] packet, int off, int len, int ssrc, int word);

    /** Reads the SRTCP index with its flag from where this transform's trailer has it. */
    int rtcpWord(byte[] packet, int off, int len);

    /** What protection adds to an RTCP packet. */
    int rtcpTrailerBytes();

    /** What protection adds to an RTP packet. */
    int rtpTrailerBytes();
}
