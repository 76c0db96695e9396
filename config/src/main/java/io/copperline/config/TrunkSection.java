package io.copperline.config;

import io.copperline.codecs.Secret;
import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.sdp.SrtpPolicy;
import io.copperline.config.NetTypes.Server;
import io.copperline.config.Section.Shape;
import io.copperline.sip.DtmfMode;
import io.copperline.sip.SipSettings;
import io.copperline.sip.SipTransport;
import io.copperline.sip.TrunkSettings;
import java.time.Duration;
import java.util.List;

/** {@code trunks}. */
final class TrunkSection {
    private static final Key<Server> SERVER = Key.open(
            "server", NetTypes.SERVER_NAME, "sip.example.com", "The carrier: host, host:port or [IPv6]:port. Needed.");
    private static final Key<SipTransport> TRANSPORT =
            Key.of("transport", Types.oneOf(SipTransport.class), "udp", "How messages travel: udp, tcp or tls.");
    private static final Key<String> USERNAME =
            Key.open("username", Types.WORD_TEXT, "my-account", "The account, for digest authentication and in From.");
    private static final Key<Secret> PASSWORD =
            Key.open("password", Types.SECRET, "${env:CARRIER_PASSWORD}", "Its password.");
    private static final Key<Boolean> REGISTER = Key.of(
            "register", Types.YES_OR_NO, "false", "Whether we register. Otherwise the carrier knows our address.");
    private static final Key<Duration> REGISTER_EXPIRY = Key.of(
            "register-expiry",
            Types.duration(Duration.ofSeconds(60), Duration.ofDays(1), ""),
            "1h",
            "How long a registration is asked to last.");
    private static final Key<AudioCodec> CODECS = Key.list(
            "codecs",
            Types.oneOf(AudioCodec.class),
            "[pcmu, pcma]",
            "[pcmu, pcma]",
            "What is offered, best first: opus, pcmu, pcma, g722.");
    private static final Key<DtmfMode> DTMF = Key.of(
            "dtmf",
            Types.oneOf(DtmfMode.class),
            "auto",
            "How digits are sent: auto (telephone-event, else INFO), rfc4733, info or inband.");
    private static final Key<Boolean> SYMMETRIC_RTP = Key.of(
            "symmetric-rtp",
            Types.YES_OR_NO,
            "true",
            "Whether audio goes to where audio comes from, once that is sure, rather than to the SDP's address.");
    private static final Key<String> MEDIA_ADDRESS = Key.open(
            "media-address",
            NetTypes.ADDRESS_TEXT,
            "10.0.0.10",
            "The address that our SDP names on this trunk, where it is not media.advertise.");
    private static final Key<String> FROM_USER = Key.open(
            "from-user",
            Types.WORD_TEXT,
            "12025550150",
            "The user in From for every call; the caller's number is then in P-Asserted-Identity.");
    private static final Key<Duration> OPTIONS_INTERVAL = Key.of(
            "options-interval",
            Types.duration(Duration.ofSeconds(5), Duration.ofDays(1), "for never"),
            "60s",
            "How often OPTIONS asks whether the carrier lives; 0: never.");
    private static final Key<String> ALLOWED_SOURCES = Key.list(
            "allowed-sources",
            NetTypes.NETWORK_TEXT,
            "[]",
            "[198.51.100.0/24]",
            "Addresses and networks that may send calls, beside those of server.");
    private static final Key<Duration> RING_TIMEOUT = Key.of(
            "ring-timeout",
            Types.duration(Duration.ofSeconds(5), Duration.ofMinutes(10), ""),
            "60s",
            "How long a call to a phone may go unanswered.");

    private static final Key<SrtpPolicy> SRTP = Key.of(
            "srtp",
            Types.oneOf(SrtpPolicy.class),
            "off",
            "Whether audio is encrypted with keys from the SDP: off, preferred (where the carrier does so, too) or required.");

    static final Section TABLE = new Section(
            "trunks",
            Shape.NAMED,
            "Lines to carriers, each by a name of yours.",
            List.of(
                    SERVER,
                    TRANSPORT,
                    USERNAME,
                    PASSWORD,
                    REGISTER,
                    REGISTER_EXPIRY,
                    CODECS,
                    DTMF,
                    SYMMETRIC_RTP,
                    MEDIA_ADDRESS,
                    FROM_USER,
                    OPTIONS_INTERVAL,
                    ALLOWED_SOURCES,
                    RING_TIMEOUT,
                    SRTP));

    private TrunkSection() {}

    static TrunkSettings read(String name, Fields trunk, SipSettings sip) {
        Server server = trunk.required(SERVER, new Server("localhost", 0));
        TrunkSettings settings = new TrunkSettings(
                name,
                server.host(),
                server.port(),
                trunk.one(TRANSPORT),
                trunk.maybe(USERNAME),
                trunk.maybe(PASSWORD),
                trunk.one(REGISTER),
                trunk.one(REGISTER_EXPIRY),
                Codecs.read(trunk, CODECS),
                trunk.one(DTMF),
                trunk.one(SYMMETRIC_RTP),
                trunk.maybe(MEDIA_ADDRESS),
                trunk.maybe(FROM_USER),
                trunk.one(OPTIONS_INTERVAL),
                trunk.many(ALLOWED_SOURCES),
                trunk.one(RING_TIMEOUT),
                trunk.one(SRTP));
        checkAccount(trunk, settings);
        checkTransport(trunk, settings.transport(), sip);
        checkEncryption(trunk, settings);
        return settings;
    }

    private static void checkAccount(Fields trunk, TrunkSettings settings) {
        if (settings.register() && !trunk.has(USERNAME)) {
            trunk.problem(
                    REGISTER, "a username to register with", "none", "add username: and password:, or remove register");
        }
        if (trunk.has(PASSWORD) && !trunk.has(USERNAME)) {
            trunk.problem(PASSWORD, "a username beside the password", "none", "add username:");
        }
    }

    /** RFC 4568 section 7: the keys stand in the SDP, so a promise of encryption needs signalling that nobody reads. */
    private static void checkEncryption(Fields trunk, TrunkSettings settings) {
        boolean read = settings.transport() != SipTransport.TLS && !NetTypes.loopback(settings.host());
        if (settings.srtp() == SrtpPolicy.REQUIRED && read) {
            trunk.problem(
                    SRTP,
                    "transport tls with srtp required, for its keys are in the SIP messages",
                    "transport " + settings.transport().wireName(),
                    "write transport: tls, or srtp: preferred");
        }
    }

    private static void checkTransport(Fields trunk, SipTransport transport, SipSettings sip) {
        if (transport == SipTransport.TLS && sip.tlsPort() == 0) {
            trunk.problem(
                    TRANSPORT,
                    "sip.tls-port to be on for transport tls",
                    "0",
                    "add tls-port: 5061 and tls: below sip:");
        }
        if (transport == SipTransport.TCP && sip.tcpPort() == 0) {
            trunk.problem(TRANSPORT, "sip.tcp-port to be on for transport tcp", "0", "remove tcp-port: 0 below sip:");
        }
    }
}
