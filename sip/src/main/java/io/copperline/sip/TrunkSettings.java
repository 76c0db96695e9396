package io.copperline.sip;

import io.copperline.codecs.Secret;
import io.copperline.codecs.audio.AudioCodec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One line to the telephone network.
 *
 * @param name the operator's name for it
 * @param host the carrier's host name or address, without a port
 * @param port the carrier's port; 0 means the transport's own (5060, or 5061 with TLS)
 * @param transport how messages travel
 * @param username the account for digest authentication and, unless {@code fromUser} says otherwise, the user in From
 * @param password its password
 * @param register whether we register ({@code true}) or the carrier knows our address ({@code false})
 * @param registerExpiry how long a registration is asked to last
 * @param codecs what is offered, best first
 * @param dtmf how digits are sent
 * @param symmetricRtp whether audio goes to where audio comes from (RFC 4961, 7362) rather than to the SDP's address
 * @param mediaAddress the address that our SDP names on this trunk, where it differs from the general one
 * @param fromUser the user in From for every call on this trunk; the caller's number is then in P-Asserted-Identity
 * @param optionsInterval how often OPTIONS asks whether the carrier lives; zero: never
 * @param allowedSources addresses and networks (CIDR) that may send calls on this trunk, beside those of {@code host}
 * @param ringTimeout how long an outgoing call may go unanswered
 * @param dialogs how its dialogs are kept
 */
public record TrunkSettings(
        String name,
        String host,
        int port,
        SipTransport transport,
        Optional<String> username,
        Optional<Secret> password,
        boolean register,
        Duration registerExpiry,
        List<AudioCodec> codecs,
        DtmfMode dtmf,
        boolean symmetricRtp,
        Optional<String> mediaAddress,
        Optional<String> fromUser,
        Duration optionsInterval,
        List<String> allowedSources,
        Duration ringTimeout,
        DialogSettings dialogs) {

    public TrunkSettings {
        codecs = List.copyOf(codecs);
        allowedSources = List.copyOf(allowedSources);
    }

    /** A trunk whose dialogs are kept as usual. */
    public TrunkSettings(
            String name,
            String host,
            int port,
            SipTransport transport,
            Optional<String> username,
            Optional<Secret> password,
            boolean register,
            Duration registerExpiry,
            List<AudioCodec> codecs,
            DtmfMode dtmf,
            boolean symmetricRtp,
            Optional<String> mediaAddress,
            Optional<String> fromUser,
            Duration optionsInterval,
            List<String> allowedSources,
            Duration ringTimeout) {
        this(
                name,
                host,
                port,
                transport,
                username,
                password,
                register,
                registerExpiry,
                codecs,
                dtmf,
                symmetricRtp,
                mediaAddress,
                fromUser,
                optionsInterval,
                allowedSources,
                ringTimeout,
                DialogSettings.USUAL);
    }

    /** The port messages go to. */
    public int effectivePort() {
        return port == 0 ? transport.defaultPort() : port;
    }
}
