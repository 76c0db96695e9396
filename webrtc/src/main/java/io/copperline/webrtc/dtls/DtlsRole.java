package io.copperline.webrtc.dtls;

/** Who sends the first message (RFC 8842): {@code a=setup:active} is the client. */
public enum DtlsRole {
    CLIENT,
    SERVER
}
