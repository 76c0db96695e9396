package io.copperline.config;

import io.copperline.codecs.Secret;
import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.sdp.SrtpPolicy;
import io.copperline.config.NetTypes.Server;
import io.copperline.config.Section.Shape;
import io.copperline.config.TrunkAccountKeys.Registering;
import io.copperline.sip.DialogSettings;
import io.copperline.sip.DtmfMode;
import io.copperline.sip.Prack;
import io.copperline.sip.Reaching;
import io.copperline.sip.SipSettings;
import io.copperline.sip.SipTransport;
import io.copperline.sip.TrunkSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** {@code trunks}. */
final class TrunkSection {
    private static final Duration MIN_SE = DialogSettings.USUAL.minSe();

    private static final Key<Server> SERVER = Key.open(
            "server",
            NetTypes.SERVER_NAME,
            "sip.example.com",
            "The carrier: host, host:port or [IPv6]:port; without a port, its SRV records count. Needed.");
    private static final Key<TransportChoice> TRANSPORT = Key.of(
            "transport",
            Types.oneOf(TransportChoice.class),
            "udp",
            "How messages travel: udp, tcp, tls, or auto where the carrier's NAPTR records say.");
    private static final Key<String> USERNAME =
            Key.open("username", Types.WORD_TEXT, "my-account", "The account, for digest authentication and in From.");
    private static final Key<Secret> PASSWORD =
            Key.open("password", Types.SECRET, "${env:CARRIER_PASSWORD}", "Its password.");
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
    private static final Key<Duration> ANSWER_TIMEOUT = Key.of(
            "answer-timeout",
            Types.duration(Duration.ofSeconds(1), Duration.ofSeconds(30), ""),
            "2500ms",
            "How long a server may say nothing to a call before the next server or trunk is tried.");
    private static final Key<Integer> FAILOVER_CODES = Key.list(
            "failover-codes",
            Types.whole(300, 699),
            "[503]",
            "[500, 503]",
            "The SIP statuses after which the next server, then the route's next trunk, is tried.");

    private static final Key<Server> OUTBOUND_PROXY = Key.open(
            "outbound-proxy",
            NetTypes.SERVER_NAME,
            "proxy.example.com",
            "Where everything for the carrier goes first: host, host:port or [IPv6]:port. Default: server itself.");

    /** How messages travel, as the operator says it. */
    private enum TransportChoice {
        UDP,
        TCP,
        TLS,
        AUTO;

        /** RFC 3263 section 4.1: a sip URI goes by UDP where DNS does not choose. */
        SipTransport transport() {
            return this == AUTO ? SipTransport.UDP : SipTransport.valueOf(name());
        }
    }

    private static final Key<Duration> SESSION_EXPIRES = Key.of(
            "session-expires",
            Types.duration(MIN_SE, Duration.ofDays(1), "for never"),
            "30m",
            "How long a call lives without a refresh by either side (RFC 4028); 0: for ever.");

    private static final Key<Prack> PRACK = Key.of(
            "prack",
            Types.oneOf(Prack.class),
            "supported",
            "Acknowledged provisional responses (RFC 3262): supported, where the carrier wants them; required; or off.");

    static final Section TABLE = new Section(
            "trunks",
            Shape.NAMED,
            "Lines to carriers, each by a name of yours.",
            List.of(
                    Profiles.PROFILE,
                    SERVER,
                    TRANSPORT,
                    USERNAME,
                    PASSWORD,
                    TrunkAccountKeys.REGISTER,
                    REGISTER_EXPIRY,
                    CODECS,
                    DTMF,
                    SYMMETRIC_RTP,
                    MEDIA_ADDRESS,
                    TrunkIdentityKeys.FROM,
                    TrunkIdentityKeys.FROM_USER,
                    TrunkIdentityKeys.CALLER_HEADERS,
                    TrunkIdentityKeys.PLUS,
                    TrunkIdentityKeys.TECH_PREFIX,
                    TrunkIdentityKeys.USER_PHONE,
                    OPTIONS_INTERVAL,
                    ALLOWED_SOURCES,
                    RING_TIMEOUT,
                    SRTP,
                    ANSWER_TIMEOUT,
                    FAILOVER_CODES,
                    SESSION_EXPIRES,
                    PRACK,
                    OUTBOUND_PROXY,
                    TrunkCarriageKeys.LARGEST_DATAGRAM,
                    TrunkCarriageKeys.KEEP_ALIVE,
                    TrunkCarriageKeys.KEEP_ALIVE_INTERVAL,
                    TrunkCarriageKeys.BIND,
                    TrunkCarriageKeys.ADVERTISE,
                    TrunkCarriageKeys.TLS_CERTIFICATE,
                    TrunkCarriageKeys.TLS_KEY,
                    TrunkCarriageKeys.TLS_CA,
                    TrunkCarriageKeys.TLS_ALPN,
                    TrunkIdentityKeys.URI,
                    TrunkIdentityKeys.DIVERSION,
                    TrunkIdentityKeys.NUMBER_FORM,
                    TrunkIdentityKeys.NUMBER_REGION,
                    TrunkIdentityKeys.CALLER_NAME,
                    TrunkHeaderKeys.IN,
                    TrunkHeaderKeys.OUT,
                    TrunkAccountKeys.TABLE,
                    TrunkTransferKeys.REFER,
                    TrunkTransferKeys.REDIRECTS,
                    TrunkMediaKeys.COMFORT_NOISE,
                    TrunkMediaKeys.RTCP_MUX,
                    TrunkMediaKeys.PASS_THROUGH,
                    TrunkMediaKeys.HOLD_MUSIC,
                    TrunkMediaKeys.MEDIA_TIMEOUT,
                    TrunkMediaKeys.PTIME,
                    TrunkMediaKeys.RTCP_XR,
                    TrunkStirKeys.CERTIFICATE_URL,
                    TrunkStirKeys.KEY,
                    TrunkStirKeys.OWN_NUMBERS,
                    TrunkStirKeys.ANCHORS,
                    TrunkStirKeys.FAILED,
                    TrunkStirKeys.UNSIGNED,
                    TrunkStirKeys.PRIVATE_ADDRESSES,
                    TrunkEmergencyKeys.TARGET,
                    TrunkEmergencyKeys.LOCATION,
                    LimitKeys.OF_TRUNK));

    private TrunkSection() {}

    static TrunkSettings read(String name, Fields trunk, SipSettings sip) {
        var _ = trunk.maybe(
                Profiles.PROFILE); // Its keys are in the trunk already; what is left is whether it has a name that we
        // know.
        Server server = trunk.required(SERVER, new Server("localhost", 0));
        TransportChoice transport = trunk.one(TRANSPORT);
        Registering registering = trunk.one(TrunkAccountKeys.REGISTER);
        TrunkSettings settings = new TrunkSettings(
                name,
                server.host(),
                server.port(),
                transport.transport(),
                trunk.maybe(USERNAME),
                trunk.maybe(PASSWORD),
                registering != Registering.NO,
                trunk.one(REGISTER_EXPIRY),
                Codecs.read(trunk, CODECS),
                trunk.one(DTMF),
                trunk.one(SYMMETRIC_RTP),
                trunk.maybe(MEDIA_ADDRESS),
                TrunkIdentityKeys.read(trunk),
                trunk.one(OPTIONS_INTERVAL),
                trunk.many(ALLOWED_SOURCES),
                trunk.one(RING_TIMEOUT),
                trunk.one(SRTP),
                reaching(trunk, transport),
                new DialogSettings(trunk.one(SESSION_EXPIRES), MIN_SE, trunk.one(PRACK)),
                TrunkCarriageKeys.read(trunk),
                TrunkAccountKeys.read(trunk, registering),
                TrunkHeaderKeys.read(trunk),
                TrunkTransferKeys.read(trunk),
                TrunkMediaKeys.read(trunk),
                TrunkStirKeys.read(trunk),
                TrunkEmergencyKeys.read(trunk));
        TrunkAccountKeys.check(trunk, settings, USERNAME, PASSWORD);
        TrunkIdentityKeys.check(trunk, settings);
        TrunkCarriageKeys.check(trunk, settings, sip);
        TrunkStirKeys.check(trunk);
        TrunkMediaKeys.check(trunk, settings);
        checkTransport(trunk, settings.transport(), sip);
        checkEncryption(trunk, settings);
        return settings;
    }

    private static Reaching reaching(Fields trunk, TransportChoice transport) {
        return new Reaching(
                transport == TransportChoice.AUTO,
                trunk.one(ANSWER_TIMEOUT),
                Set.copyOf(trunk.many(FAILOVER_CODES)),
                trunk.maybe(OUTBOUND_PROXY)
                        .map(proxy -> InetSocketAddress.createUnresolved(proxy.host(), proxy.port())));
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
