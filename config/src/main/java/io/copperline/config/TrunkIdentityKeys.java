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
            "Where the caller's number always stands: p-asserted-identity, p-preferred-identity, remote-party-id. Without it,"
                    + " in the first where From does not name the caller.");
    static final Key<Boolean> PLUS =
            Key.of("plus", Types.YES_OR_NO, "true", "Whether numbers keep the plus of +12025550100.");
    static final Key<String> TECH_PREFIX =
            Key.open("tech-prefix", Types.WORD_TEXT, "1234", "What stands before each called number.");
    static final Key<Boolean> USER_PHONE =
            Key.of("user-phone", Types.YES_OR_NO, "false", "Whether numbers' URIs end in ;user=phone.");

    private TrunkIdentityKeys() {}

    static TrunkIdentity read(Fields trunk) {
        return new TrunkIdentity(
                trunk.one(FROM),
                trunk.maybe(FROM_USER),
                trunk.many(CALLER_HEADERS),
                trunk.one(PLUS),
                trunk.maybe(TECH_PREFIX).orElse(""),
                trunk.one(USER_PHONE));
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
    }
}
