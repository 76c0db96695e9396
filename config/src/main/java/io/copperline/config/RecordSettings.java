package io.copperline.config;

import io.copperline.codecs.Secret;
import java.time.Duration;
import java.util.Optional;

/**
 * The database of call records.
 *
 * @param url the JDBC URL; empty: an embedded H2 in the data directory
 * @param retention how long records are kept
 */
public record RecordSettings(
        Optional<String> url, Optional<String> username, Optional<Secret> password, Duration retention) {}
