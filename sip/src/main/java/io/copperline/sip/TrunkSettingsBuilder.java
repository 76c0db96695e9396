package io.copperline.sip;

import io.copperline.codecs.Secret;
import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.sdp.SrtpPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes {@link TrunkSettings}, step by step from the usual ones; each method sets what the component of its name says. */
public final class TrunkSettingsBuilder {
    private String name;
    private String host;
    private int port;
    private SipTransport transport;
    private Optional<String> username = Optional.empty();
    private Optional<Secret> password = Optional.empty();
    private boolean register;
    private Duration registerExpiry = Duration.ofHours(1);
    private List<AudioCodec> codecs = List.of(AudioCodec.PCMU, AudioCodec.PCMA);
    private DtmfMode dtmf = DtmfMode.AUTO;
    private boolean symmetricRtp = true;
    private Optional<String> mediaAddress = Optional.empty();
    private TrunkIdentity identity = TrunkIdentity.DEFAULT;
    private Duration optionsInterval = Duration.ZERO;
    private List<String> allowedSources = List.of();
    private Duration ringTimeout = Duration.ofSeconds(60);
    private SrtpPolicy srtp = SrtpPolicy.OFF;
    private Reaching reaching = Reaching.PLAIN;
    private DialogSettings dialogs = DialogSettings.USUAL;
    private Carriage carriage = Carriage.USUAL;
    private Accounts accounts = Accounts.NONE;
    private PassedHeaders headers = PassedHeaders.NONE;
    private Transfers transfers = Transfers.USUAL;
    private TrunkMedia media = TrunkMedia.USUAL;
    private StirSettings stir = StirSettings.NONE;
    private EmergencyHabits emergency = EmergencyHabits.USUAL;

    TrunkSettingsBuilder(String name, String host, int port, SipTransport transport) {
        this.name = name;
        this.host = host;
        this.port = port;
        this.transport = transport;
    }

    TrunkSettingsBuilder(TrunkSettings from) {
        name = from.name();
        host = from.host();
        port = from.port();
        transport = from.transport();
        username = from.username();
        password = from.password();
        register = from.register();
        registerExpiry = from.registerExpiry();
        codecs = from.codecs();
        dtmf = from.dtmf();
        symmetricRtp = from.symmetricRtp();
        mediaAddress = from.mediaAddress();
        identity = from.identity();
        optionsInterval = from.optionsInterval();
        allowedSources = from.allowedSources();
        ringTimeout = from.ringTimeout();
        srtp = from.srtp();
        reaching = from.reaching();
        dialogs = from.dialogs();
        carriage = from.carriage();
        accounts = from.accounts();
        headers = from.headers();
        transfers = from.transfers();
        media = from.media();
        stir = from.stir();
        emergency = from.emergency();
    }

    public TrunkSettingsBuilder host(String value) {
        host = value;
        return this;
    }

    public TrunkSettingsBuilder account(String user, Secret secret) {
        username = Optional.of(user);
        password = Optional.of(secret);
        return this;
    }

    public TrunkSettingsBuilder register(boolean value) {
        register = value;
        return this;
    }

    public TrunkSettingsBuilder codecs(AudioCodec... values) {
        codecs = List.of(values);
        return this;
    }

    public TrunkSettingsBuilder dtmf(DtmfMode value) {
        dtmf = value;
        return this;
    }

    public TrunkSettingsBuilder identity(TrunkIdentity value) {
        identity = value;
        return this;
    }

    public TrunkSettingsBuilder allowedSources(String... values) {
        allowedSources = List.of(values);
        return this;
    }

    public TrunkSettingsBuilder ringTimeout(Duration value) {
        ringTimeout = value;
        return this;
    }

    public TrunkSettingsBuilder reaching(Reaching value) {
        reaching = value;
        return this;
    }

    public TrunkSettingsBuilder dialogs(DialogSettings value) {
        dialogs = value;
        return this;
    }

    public TrunkSettingsBuilder carriage(Carriage value) {
        carriage = value;
        return this;
    }

    public TrunkSettingsBuilder accounts(Accounts value) {
        accounts = value;
        return this;
    }

    public TrunkSettingsBuilder headers(PassedHeaders value) {
        headers = value;
        return this;
    }

    public TrunkSettingsBuilder transfers(Transfers value) {
        transfers = value;
        return this;
    }

    public TrunkSettingsBuilder media(TrunkMedia value) {
        media = value;
        return this;
    }

    public TrunkSettingsBuilder stir(StirSettings value) {
        stir = value;
        return this;
    }

    public TrunkSettingsBuilder emergency(EmergencyHabits value) {
        emergency = value;
        return this;
    }

    public TrunkSettings build() {
        return new TrunkSettings(
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
                identity,
                optionsInterval,
                allowedSources,
                ringTimeout,
                srtp,
                reaching,
                dialogs,
                carriage,
                accounts,
                headers,
                transfers,
                media,
                stir,
                emergency);
    }
}
