package io.copperline.config;

/**
 * What the log says.
 *
 * @param redactNumbers whether only the last two digits of phone numbers are written
 */
public record LogSettings(Level level, boolean redactNumbers) {
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }
}
