package io.copperline.webrtc.dtls;

import io.copperline.codecs.srtp.SrtpKey;

/** What a handshake yields: the keys of both directions (RFC 5764 section 4.2). */
public record DtlsKeys(SrtpKey local, SrtpKey remote) {
    /** Forgets them; what was made from them goes on. */
    public void wipe() {
        local.wipe();
        remote.wipe();
    }
}
