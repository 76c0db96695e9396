package io.copperline.config;

import io.copperline.sip.CallerHeader;
import io.copperline.sip.TrunkIdentity;
import io.copperline.sip.TrunkSettings;

/** The keys of a trunk that say as whom calls go out, and how numbers are written. */
final class TrunkIdentityKeys {
    static final Key<TrunkIdentity.From> FROM = Key.of(
            "from",
            Types.oneOf(TrunkIdentity.From.class),
            "auto",
            "Whom From names: auto (the account, where there is one), account or caller.");
    static final Key<String> FROM_USER = Key.open(
            "from-user", Types.WORD_TEXT, "12025550150", "The user in From for every call, in place of the account.");
    static final Key<CallerHeader> CALLER_HEADERS = Key.list(
            "caller-headers",
            Types.oneOf(CallerHeader.class),
            "[]",
            "[p-asserted-identity]",
            "Where the caller's number always stands: p-asserted-identity, p-preferred-identity, remote-party-id,"
                    + " diversion. Without it,"
                    + " in the first where From does not name the caller.");
    static final Key<Boolean> PLUS =
            Key.of("plus", Types.YES_OR_NO, "true", "Whether numbers keep the plus of +12025550100.");
    static final Key<String> TECH_PREFIX =
            Key.open("tech-prefix", Types.WORD_TEXT, "1234", "What stands before each called number.");
    static final Key<Boolean> USER_PHONE =
            Key.of("user-phone", Types.YES_OR_NO, "false", "Whether numbers' URIs end in ;user=phone.");

    static final Key<TrunkIdentity.UriScheme> URI = Key.of(
            "uri",
            Types.oneOf(TrunkIdentity.UriScheme.class),
            "sip",
            "What numbers' URIs are: sip, or tel (RFC 3966).");
    static final Key<TrunkIdentity.Diverting> DIVERSION = Key.of(
            "diversion",
            Types.oneOf(TrunkIdentity.Diverting.class),
            "diversion",
            "Where a forwarded call says who has forwarded it: diversion, history-info, both or off.");
    static final Key<TrunkIdentity.Numbers> NUMBER_FORM = Key.of(
            "number-form",
            Types.oneOf(TrunkIdentity.Numbers.class),
            "e164",
            "How numbers are written: e164; national (those of number-region as dialled there, others in E.164); or dialled"
                    + " (all as dialled there).");
    static final Key<String> NUMBER_REGION = Key.open(
            "number-region",
            Types.REGION,
            "DE",
            "The carrier's country, where it is not region: that of number-form, and of numbers that it writes without a country code.");
    static final Key<Boolean> CALLER_NAME =
            Key.of("caller-name", Types.YES_OR_NO, "true", "Whether the name of a caller who has one is sent.");

    private TrunkIdentityKeys() {}

    static TrunkIdentity read(Fields trunk) {
        return new TrunkIdentity(
                trunk.one(FROM),
                trunk.maybe(FROM_USER),
                trunk.many(CALLER_HEADERS),
                trunk.one(PLUS),
                trunk.maybe(TECH_PREFIX).orElse(""),
                trunk.one(USER_PHONE),
                trunk.one(URI),
                trunk.one(DIVERSION),
                trunk.one(NUMBER_FORM),
                trunk.maybe(NUMBER_REGION),
                trunk.one(CALLER_NAME));
    }

    static void check(Fields trunk, TrunkSettings settings) {
        TrunkIdentity identity = settings.identity();
        boolean account =
                identity.fromUser().isPresent() || !settings.allAccounts().isEmpty();
        if (identity.from() == TrunkIdentity.From.ACCOUNT && !account) {
            trunk.problem(FROM, "an account to name in From", "none", "add username: or from-user:, or remove from");
        }
        if (identity.from() == TrunkIdentity.From.CALLER && identity.fromUser().isPresent()) {
            trunk.problem(FROM, "one user in From", "from: caller beside from-user", "remove one of the two");
        }
        if (identity.uri() == TrunkIdentity.UriScheme.TEL) {
            checkTel(trunk, settings);
        }
    }

    private static void checkTel(Fields trunk, TrunkSettings settings) {
        TrunkIdentity identity = settings.identity();
        if (identity.userPhone()) {
            trunk.problem(
                    USER_PHONE, "no user-phone beside uri: tel", "both", "remove user-phone: only SIP URIs have it");
        }
        // RFC 3966 section 5.1.5: a number without its plus needs a context, which is a domain.
        boolean local = !identity.plus()
                || !identity.techPrefix().isEmpty()
                || identity.numbers() != TrunkIdentity.Numbers.E164;
        if (local && NetTypes.isAddress(settings.host())) {
            trunk.problem(
                    URI,
                    "a server with a name beside uri: tel, for numbers without their plus",
                    settings.host(),
                    "write the server's name, or uri: sip");
        }
    }
}
