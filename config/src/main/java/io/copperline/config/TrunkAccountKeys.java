package io.copperline.config;

import io.copperline.codecs.Secret;
import io.copperline.config.Section.Shape;
import io.copperline.sip.Account;
import io.copperline.sip.Accounts;
import io.copperline.sip.TrunkSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys of a trunk that say how it registers, and as whom where it has several accounts. */
final class TrunkAccountKeys {
    /** What is registered. */
    enum Registering {
        NO,
        EACH_ACCOUNT,
        ALL_NUMBERS
    }

    private static final Type<Registering> REGISTERING = Type.of("true, false or gin", text -> switch (text) {
        case "true" -> Registering.EACH_ACCOUNT;
        case "false" -> Registering.NO;
        case "gin" -> Registering.ALL_NUMBERS;
        case "yes", "on", "True", "TRUE" -> throw new Mismatch("write true");
        case "no", "off", "False", "FALSE" -> throw new Mismatch("write false");
        default -> throw new Mismatch();
    });

    static final Key<Registering> REGISTER = Key.of(
            "register",
            REGISTERING,
            "false",
            "Whether we register; gin: once for all numbers (RFC 6140). Otherwise the carrier knows our address.");

    private static final Key<String> USERNAME =
            Key.open("username", Types.WORD_TEXT, "second-account", "As the trunk's username. Needed.");
    private static final Key<Secret> PASSWORD =
            Key.open("password", Types.SECRET, "${env:CARRIER_PASSWORD}", "Its password.");
    private static final Key<String> REALM = Key.open(
            "realm", Types.TEXT, "sip.example.com", "The realm whose challenges it answers. Default: every realm.");
    private static final Key<String> NUMBERS = Key.openList(
            "numbers",
            NetTypes.E164,
            "[\"+12025550150\"]",
            "The callers, in E.164, whose calls go out by it. All others go out by the first account.");
    private static final Key<Boolean> REGISTERS = Key.open(
            "register",
            Types.YES_OR_NO,
            "false",
            "Whether it registers where the trunk does (true by default). One that is for a proxy's realm need not.");

    static final Section TABLE = new Section(
            "accounts",
            Shape.LISTED,
            "More accounts; the trunk's own username, where there is one, is the first.",
            List.of(USERNAME, PASSWORD, REALM, NUMBERS, REGISTERS));

    private TrunkAccountKeys() {}

    static Accounts read(Fields trunk, Registering registering) {
        List<Account> accounts = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> numbers = new HashSet<>();
        for (Fields account : trunk.listed(TABLE)) {
            accounts.add(account(account, names, numbers));
        }
        return new Accounts(accounts, registering == Registering.ALL_NUMBERS);
    }

    private static Account account(Fields account, Set<String> names, Set<String> numbers) {
        String name = account.required(USERNAME, "");
        Optional<String> realm = account.maybe(REALM);
        if (!name.isEmpty() && !names.add(name + " " + realm.orElse(""))) {
            account.problem(USERNAME, "each account once", name + " again", "remove one of the two");
        }
        List<String> own = account.many(NUMBERS);
        for (String number : own) {
            if (!numbers.add(number)) {
                account.problem(
                        NUMBERS, "each number in one account", number + " again", "remove it from one of the two");
            }
        }
        return new Account(
                name,
                account.maybe(PASSWORD),
                realm,
                own,
                account.maybe(REGISTERS).orElse(true));
    }

    static void check(Fields trunk, TrunkSettings settings, Entry username, Entry password) {
        if (trunk.has(password) && !trunk.has(username)) {
            trunk.problem(password, "a username beside the password", "none", "add username:");
        }
        if (settings.register() && settings.allAccounts().isEmpty()) {
            trunk.problem(
                    REGISTER, "a username to register with", "none", "add username: and password:, or remove register");
        } else if (settings.register() && settings.allAccounts().stream().noneMatch(Account::registers)) {
            trunk.problem(
                    REGISTER, "an account that registers", "none", "remove register: false from one of accounts:");
        }
    }
}
