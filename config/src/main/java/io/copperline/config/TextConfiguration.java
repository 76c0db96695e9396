package io.copperline.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.configuration2.YAMLConfiguration;
import org.apache.commons.configuration2.interpol.ConfigurationInterpolator;

/**
 * Commons Configuration's view of the file: every value is text, and only {@code ${env:}} and {@code ${file:}} are
 * replaced. Its own lookups (scripts, DNS, URLs, system properties, constants, other keys) are not there at all.
 */
final class TextConfiguration extends YAMLConfiguration {
    TextConfiguration(Map<String, Object> tree, Substitutions substitutions) {
        ConfigurationInterpolator interpolator = new ConfigurationInterpolator();
        interpolator.addDefaultLookups(List.of());
        interpolator.registerLookups(Map.of(
                Substitutions.ENVIRONMENT, name -> substitutions.value(Substitutions.ENVIRONMENT, name),
                Substitutions.FILE, name -> substitutions.value(Substitutions.FILE, name)));
        setInterpolator(interpolator);
        load(tree);
    }

    /** The value at an address such as {@code routes.outbound(1).prefix}, with everything replaced. */
    Optional<String> text(String address) {
        return Optional.ofNullable(getString(address));
    }
}
