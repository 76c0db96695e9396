package io.copperline.config;

import io.copperline.config.CallingHabits.Dialled;
import io.copperline.config.CallingHabits.Digits;
import io.copperline.config.CallingHabits.Diversion;
import io.copperline.config.CallingHabits.From;
import io.copperline.config.CallingHabits.Identity;
import io.copperline.config.CallingHabits.Numbers;
import java.util.List;
import java.util.regex.Pattern;

/** The keys of a scripted carrier's file that are about the calls it makes itself. */
final class CallingKeys {
    private static final Pattern COUNTRY = Pattern.compile("[1-9][0-9]{0,2}");
    private static final Pattern PREFIX = Pattern.compile("[0-9]{1,4}");

    private static final Key<Numbers> NUMBERS = Key.of(
            "calls-numbers",
            Types.oneOf(Numbers.class),
            "plus",
            "How it writes numbers in its own calls: plus (+12025550150), digits (12025550150), or national, those of its country"
                    + " (2025550150).");
    private static final Key<String> COUNTRY_CODE = Key.of(
            "calls-country",
            matching("a country code of 1 to 3 digits", COUNTRY),
            "1",
            "Its country code, with national.");
    private static final Key<String> TRUNK_PREFIX = Key.open(
            "calls-trunk-prefix",
            matching("1 to 4 digits", PREFIX),
            "0",
            "What stands before its national numbers, such as 0. Without it, nothing.");
    private static final Key<Dialled> DIALLED = Key.of(
            "calls-dialled",
            Types.oneOf(Dialled.class),
            "request-uri",
            "Where the called number stands: request-uri (and To), or to, with the registered contact as the Request-URI.");
    private static final Key<From> FROM = Key.of(
            "calls-from",
            Types.oneOf(From.class),
            "caller",
            "Whom From names: caller, or account, with the caller in calls-identity.");
    private static final Key<Identity> IDENTITY = Key.list(
            "calls-identity",
            Types.oneOf(Identity.class),
            "[]",
            "[p-asserted-identity]",
            "Headers that name the caller, too: p-asserted-identity, p-preferred-identity, remote-party-id.");
    private static final Key<Diversion> DIVERSION = Key.of(
            "calls-diversion",
            Types.oneOf(Diversion.class),
            "diversion",
            "Where a forwarded call says who has forwarded it: diversion or history-info.");
    private static final Key<Digits> DIGITS = Key.of(
            "calls-digits",
            Types.oneOf(Digits.class),
            "rfc4733",
            "How it sends digits: rfc4733 (telephone-event, or else tones), info, or inband.");

    static final List<Entry> ALL =
            List.of(NUMBERS, COUNTRY_CODE, TRUNK_PREFIX, DIALLED, FROM, IDENTITY, DIVERSION, DIGITS);

    private CallingKeys() {}

    private static Type<String> matching(String expected, Pattern pattern) {
        return Type.of(expected, text -> {
            if (!pattern.matcher(text).matches()) {
                throw new Mismatch();
            }
            return text;
        });
    }

    static CallingHabits read(Fields file) {
        From from = file.one(FROM);
        List<Identity> identity = file.many(IDENTITY);
        if (from == From.ACCOUNT && identity.isEmpty()) {
            file.problem(FROM, "a header for the caller", "none", "add calls-identity: [p-asserted-identity]");
        }
        return new CallingHabits(
                file.one(NUMBERS),
                file.one(COUNTRY_CODE),
                file.maybe(TRUNK_PREFIX).orElse(""),
                file.one(DIALLED),
                from,
                identity,
                file.one(DIVERSION),
                file.one(DIGITS));
    }
}
