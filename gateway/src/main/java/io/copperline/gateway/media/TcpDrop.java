package io.copperline.gateway.media;

/** Why a browser's TCP connection was closed, or a packet did not go through it. */
public enum TcpDrop {
    /** Too many connections wait for their first check, from everywhere. */
    TOO_MANY_CONNECTIONS,
    /** The same from one address. */
    TOO_MANY_FROM_ADDRESS,
    /** It was opened, and no check that belongs to a call came. */
    UNCHECKED,
    /** What it sent is not framed as RFC 4571 has it. */
    NOT_FRAMED,
    /** It belonged to a call, and nothing came for long. */
    IDLE,
    /** A packet for a connection that takes no more just now: late sound is no use, and a queue would only grow. */
    CONGESTED,
    /** A packet for a connection that is closed. */
    GONE
}
