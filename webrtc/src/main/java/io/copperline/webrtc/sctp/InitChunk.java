package io.copperline.webrtc.sctp;

import java.util.Arrays;
import java.util.Optional;

/**
 * The body of an INIT or INIT ACK (RFC 9260 sections 3.3.2 and 3.3.3).
 *
 * <pre>
 * |                         initiate tag                          |
 * |                  advertised receiver window                   |
 * |       outgoing streams        |       incoming streams        |
 * |                          initial TSN                          |
 * |                        parameters ...                         |
 * </pre>
 *
 * @param windowBytes what its sender can take, at first
 * @param outgoingStreams how many its sender wants to send on
 * @param incomingStreams how many its sender can take
 * @param forwardTsn whether it may be told to skip what was given up (RFC 3758)
 * @param reconfig whether streams may be reset (RFC 6525)
 * @param cookie in an INIT ACK; empty where there is none
 * @param unrecognized parameters that asked to be reported, as they stood
 */
record InitChunk(
        int tag,
        int windowBytes,
        int outgoingStreams,
        int incomingStreams,
        int initialTsn,
        boolean forwardTsn,
        boolean reconfig,
        byte[] cookie,
        byte[] unrecognized) {
    static final int FIXED_BYTES = 16;
    /** Supported Extensions with two chunk types, and Forward-TSN-Supported. */
    static final int OUR_PARAMETERS_BYTES = 12;

    private static final byte[] NONE = new byte[0];
    /** Parameters of RFC 9260 itself have types up to this. */
    private static final int MAX_BASIC_TYPE = 13;

    private static final int MIN_WINDOW_BYTES = 1_500;
    /** What we report of unknown parameters: no reply grows by what a stranger makes up. */
    private static final int MAX_UNRECOGNIZED_BYTES = 128;

    /** Empty where a field cannot be. */
    static Optional<InitChunk> parse(byte[] buf, int off, int len) {
        if (len < FIXED_BYTES) {
            return Optional.empty();
        }
        Parameters found = new Parameters();
        if (!found.read(new ParameterReader(buf, off + FIXED_BYTES, len - FIXED_BYTES), buf)) {
            return Optional.empty();
        }
        InitChunk init = new InitChunk(
                Wire.i32(buf, off),
                Wire.size(buf, off + 4),
                Wire.u16(buf, off + 8),
                Wire.u16(buf, off + 10),
                Wire.i32(buf, off + 12),
                found.forwardTsn,
                found.reconfig,
                found.cookie,
                found.unrecognized);
        // Section 3.3.2: neither may be 0, and less than 1500 bytes is no window.
        boolean sound = init.tag != 0
                && init.outgoingStreams != 0
                && init.incomingStreams != 0
                && init.windowBytes >= MIN_WINDOW_BYTES;
        return sound ? Optional.of(init) : Optional.empty();
    }

    /** Writes the fixed fields and the extensions that we have; the window is the whole of it. */
    static void write(byte[] buf, int at, int tag, int initialTsn, SctpSettings settings) {
        Wire.put32(buf, at, tag);
        Wire.put32(buf, at + 4, settings.receiveWindowBytes());
        Wire.put16(buf, at + 8, settings.streams());
        Wire.put16(buf, at + 10, settings.streams());
        Wire.put32(buf, at + 12, initialTsn);
        Wire.put16(buf, at + 16, ChunkType.SUPPORTED_EXTENSIONS);
        Wire.put16(buf, at + 18, 6);
        buf[at + 20] = (byte) ChunkType.RE_CONFIG;
        buf[at + 21] = (byte) ChunkType.FORWARD_TSN;
        Wire.put16(buf, at + 22, 0);
        Wire.put16(buf, at + 24, ChunkType.FORWARD_TSN_SUPPORTED);
        Wire.put16(buf, at + 26, 4);
    }

    private static final class Parameters {
        boolean forwardTsn;
        boolean reconfig;
        byte[] cookie = NONE;
        byte[] unrecognized = NONE;

        boolean read(ParameterReader parameters, byte[] buf) {
            boolean go = true;
            while (go && parameters.next()) {
                go = take(parameters, buf);
            }
            return !parameters.malformed();
        }

        /** False where the rest must not be read. */
        private boolean take(ParameterReader parameter, byte[] buf) {
            int from = parameter.valueOff();
            int to = from + parameter.valueBytes();
            switch (parameter.type()) {
                case ChunkType.STATE_COOKIE -> cookie = Arrays.copyOfRange(buf, from, to);
                case ChunkType.FORWARD_TSN_SUPPORTED -> forwardTsn = true;
                case ChunkType.SUPPORTED_EXTENSIONS -> {
                    for (int i = from; i < to; i++) {
                        reconfig |= Wire.u8(buf, i) == ChunkType.RE_CONFIG;
                    }
                }
                default -> {
                    return pass(parameter, buf);
                }
            }
            return true;
        }

        /** Section 3.2.1: the type's highest bit says to go on, the next one to report it. */
        private boolean pass(ParameterReader parameter, byte[] buf) {
            boolean known = parameter.type() <= MAX_BASIC_TYPE; // Addresses and the like, of which we have no use.
            int bytes = Wire.padded(parameter.bytes());
            if (!known
                    && (parameter.type() & 0x4000) != 0
                    && unrecognized.length + 4 + bytes <= MAX_UNRECOGNIZED_BYTES) {
                report(parameter, buf, bytes);
            }
            return known || (parameter.type() & 0x8000) != 0;
        }

        private void report(ParameterReader parameter, byte[] buf, int bytes) {
            int at = unrecognized.length;
            unrecognized = Arrays.copyOf(unrecognized, at + 4 + bytes);
            Wire.put16(unrecognized, at, ChunkType.UNRECOGNIZED_PARAMETER);
            Wire.put16(unrecognized, at + 2, 4 + parameter.bytes());
            System.arraycopy(buf, parameter.off(), unrecognized, at + 4, parameter.bytes());
        }
    }
}
