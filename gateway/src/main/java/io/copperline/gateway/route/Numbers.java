package io.copperline.gateway.route;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber;
import io.copperline.config.DestinationKind;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads numbers as they are written in one region. A number counts when its length is possible for its country: whether
 * it is assigned is the carrier's to say, and numbers kept for fiction and tests must work.
 */
public final class Numbers {
    /** Longer than any way to write 15 digits; the library itself would read on to 250. */
    private static final int LONGEST = 64;

    private static final Pattern DIGITS = Pattern.compile("[1-9][0-9]{1,14}");

    /** ITU-T E.164: Inmarsat, global mobile satellite systems, and international networks. */
    private static final Set<Integer> SATELLITE = Set.of(870, 881, 882, 883);

    private final PhoneNumberUtil library = PhoneNumberUtil.getInstance();
    private final String region;

    /** @param region two letters of ISO 3166-1, such as {@code US} */
    public Numbers(String region) {
        if (!library.getSupportedRegions().contains(region)) {
            throw new IllegalArgumentException("not a region with telephone numbers: " + region);
        }
        this.region = region;
    }

    /** Whether numbers can be read in this region. */
    public static boolean knows(String region) {
        return PhoneNumberUtil.getInstance().getSupportedRegions().contains(region);
    }

    /** Two letters of ISO 3166-1. */
    public String region() {
        return region;
    }

    /** A number as a person writes it: {@code +1 202-555-0100}, or as it is dialled inside the region. */
    public Optional<PhoneNumber> dialled(String written) {
        return read(written, this::possible);
    }

    /**
     * A number as a carrier writes it in a SIP URI: as {@link #dialled}, and also international without a plus
     * ({@code 12025550150}), with parameters behind a semicolon (RFC 3966), or as {@code tel:}.
     */
    public Optional<PhoneNumber> carrier(String written) {
        String user = withoutParameters(written);
        Optional<PhoneNumber> assigned = read(user, library::isValidNumber);
        if (assigned.isPresent() || !DIGITS.matcher(user).matches()) {
            return assigned.or(() -> dialled(user));
        }
        // The same digits may be a national number of an unlikely length and a good international one.
        return read("+" + user, library::isValidNumber).or(() -> dialled(user)).or(() -> dialled("+" + user));
    }

    /**
     * A number of a country as it is dialled there, such as {@code 0301234567} for a German one; one of another country in E.164.
     *
     * @param country as ISO 3166-1 has it; empty: our region
     */
    public String national(String e164, Optional<String> country) {
        String there = country.orElse(region);
        return format(
                e164,
                number -> number.getCountryCode() == library.getCountryCodeForRegion(there)
                        ? library.format(number, PhoneNumberFormat.NATIONAL)
                        : e164);
    }

    /** A number as it is dialled from a country: national, or behind its international prefix, such as {@code 0033123456789}. */
    public String dialledFrom(String e164, Optional<String> country) {
        return format(e164, number -> library.formatOutOfCountryCallingNumber(number, country.orElse(region)));
    }

    /** What is no number stays as it is. */
    private String format(String e164, Function<Phonenumber.PhoneNumber, String> form) {
        if (!e164.startsWith("+") || e164.length() > LONGEST) {
            return e164;
        }
        try {
            return form.apply(library.parse(e164, region)).replaceAll("[^0-9+]", "");
        } catch (NumberParseException e) {
            return e164;
        }
    }

    /** What kind of number it is, where that makes it one that fraud likes. */
    Optional<DestinationKind> kind(PhoneNumber number) {
        try {
            Phonenumber.PhoneNumber parsed = library.parse(number.e164(), region);
            if (SATELLITE.contains(parsed.getCountryCode())) {
                return Optional.of(DestinationKind.SATELLITE);
            }
            return switch (library.getNumberType(parsed)) {
                case PREMIUM_RATE -> Optional.of(DestinationKind.PREMIUM_RATE);
                case SHARED_COST -> Optional.of(DestinationKind.SHARED_COST);
                default -> Optional.empty();
            };
        } catch (NumberParseException e) {
            return Optional.empty(); // No such country: no carrier takes it anywhere.
        }
    }

    private static String withoutParameters(String written) {
        String user = written.startsWith("tel:") ? written.substring("tel:".length()) : written;
        int semicolon = user.indexOf(';');
        return semicolon < 0 ? user : user.substring(0, semicolon);
    }

    private Optional<PhoneNumber> read(String written, Predicate<Phonenumber.PhoneNumber> good) {
        if (written.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            Phonenumber.PhoneNumber number = library.parse(written, region);
            // An extension has no place in E.164; dropping it would reach somebody else.
            if (number.hasExtension() || !good.test(number)) {
                return Optional.empty();
            }
            return Optional.of(new PhoneNumber(library.format(number, PhoneNumberFormat.E164)));
        } catch (NumberParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean possible(Phonenumber.PhoneNumber number) {
        // Not isPossibleNumber, which takes numbers that only work inside one town.
        return library.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE;
    }
}
