package io.copperline.sip;

import io.copperline.codecs.Secret;
import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.sdp.SrtpPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One line to the telephone network.
 *
 * @param name the operator's name for it
 * @param host the carrier's host name or address, without a port
 * @param port the carrier's port; 0 means the transport's own (5060, or 5061 with TLS)
 * @param transport how messages travel
 * @param username the account for digest authentication and, unless {@code identity} says otherwise, the user in From
 * @param password its password
 * @param register whether we register ({@code true}) or the carrier knows our address ({@code false})
 * @param registerExpiry how long a registration is asked to last
 * @param codecs what is offered, best first
 * @param dtmf how digits are sent
 * @param symmetricRtp whether audio goes to where audio comes from (RFC 4961, 7362) rather than to the SDP's address
 * @param mediaAddress the address that our SDP names on this trunk, where it differs from the general one
 * @param identity as whom calls go out, and how numbers are written
 * @param optionsInterval how often OPTIONS asks whether the carrier lives; zero: never
 * @param allowedSources addresses and networks (CIDR) that may send calls on this trunk, beside those of {@code host}
 * @param ringTimeout how long an outgoing call may go unanswered
 * @param srtp whether the audio is encrypted
 * @param reaching how the carrier's servers are found, and when another one is tried
 * @param dialogs how its dialogs are kept
 * @param carriage how bytes travel
 * @param accounts its accounts beside {@code username}, and how they register
 * @param headers what passes between its calls and the web app
 * @param transfers what the carrier may do with our calls
 * @param media what is done with its audio beyond the codecs
 * @param stir whether callers' identities are signed and checked
 * @param emergency how its carrier takes calls for help
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
        TrunkIdentity identity,
        Duration optionsInterval,
        List<String> allowedSources,
        Duration ringTimeout,
        SrtpPolicy srtp,
        Reaching reaching,
        DialogSettings dialogs,
        Carriage carriage,
        Accounts accounts,
        PassedHeaders headers,
        Transfers transfers,
        TrunkMedia media,
        StirSettings stir,
        EmergencyHabits emergency) {

    public TrunkSettings {
        codecs = List.copyOf(codecs);
        allowedSources = List.copyOf(allowedSources);
    }

    /** A trunk as usual, towards there; what differs is said next. */
    public static TrunkSettingsBuilder to(String name, String host, int port, SipTransport transport) {
        return new TrunkSettingsBuilder(name, host, port, transport);
    }

    /** The same trunk but for what is said next. */
    public TrunkSettingsBuilder but() {
        return new TrunkSettingsBuilder(this);
    }

    /** Every account: the one of {@code username}, if any, and then those listed. */
    public List<Account> allAccounts() {
        return Stream.concat(username.map(user -> new Account(user, password)).stream(), accounts.list().stream())
                .toList();
    }

    /** The port messages go to. */
    public int effectivePort() {
        return port == 0 ? transport.defaultPort() : port;
    }
}
