package io.copperline.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.configuration2.YAMLConfiguration;
import org.apache.commons.configuration2.interpol.ConfigurationInterpolator;

/**
 * Commons Configuration's view of the file: every value is text, and only {@code ${env:}} and {@code ${file:}} are
 * replaced. Its own lookups (scripts, DNS, URLs, system properties, constants, other keys) are not there at all.
 */
final class TextConfiguration extends YAMLConfiguration {
    private static final Pattern TICKET = Pattern.compile("\uE000([0-9]{1,6})\uE001");

    private final List<String> values = new ArrayList<>();

    TextConfiguration(Map<String, Object> tree, Substitutions substitutions) {
        ConfigurationInterpolator interpolator = new ConfigurationInterpolator();
        interpolator.registerLookups(Map.of(
                Substitutions.ENVIRONMENT, name -> ticket(substitutions.value(Substitutions.ENVIRONMENT, name)),
                Substitutions.FILE, name -> ticket(substitutions.value(Substitutions.FILE, name))));
        setInterpolator(interpolator);
        load(tree);
    }

    /**
     * Commons Configuration replaces variables inside the values of variables, too, and more than once: a password with
     * a dollar and a brace in it would not survive. So it is given a ticket, which is handed in at the very end.
     */
    private String ticket(String value) {
        values.add(value);
        return "\uE000" + (values.size() - 1) + "\uE001";
    }

    /** The value at an address such as {@code routes.outbound(1).prefix}, with everything replaced. */
    Optional<String> text(String address) {
        values.clear();
        return Optional.ofNullable(getString(address))
                .map(text -> TICKET.matcher(text)
                        .replaceAll(ticket ->
                                Matcher.quoteReplacement(valueOf(ticket.group(), Integer.parseInt(ticket.group(1))))));
    }

    private String valueOf(String ticket, int number) {
        return number < values.size() ? values.get(number) : ticket;
    }
}
