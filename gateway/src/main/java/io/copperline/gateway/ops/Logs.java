package io.copperline.gateway.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import io.copperline.config.LogSettings;
import io.copperline.gateway.call.CallId;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The log: one line per event on standard output, with the id of the call it is about. Called once, by the program; what
 * comes before is {@code logback.xml}, which shows warnings.
 */
public final class Logs {
    private static final String CALL = "call";

    /** Libraries that tell much more than an operator wants. */
    private static final List<String> CHATTY =
            List.of("com.zaxxer.hikari", "org.flywaydb", "org.quartz", "io.netty", "io.vertx", "org.apache.commons");

    private Logs() {}

    public static void start(LogSettings settings) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        LineEncoder encoder = new LineEncoder(new NumberRedaction(settings.redactNumbers()));
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setEncoder(encoder);
        console.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(settings.level().name()));
        root.addAppender(console);
        CHATTY.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
    }

    /** Puts the call's id on every line that this thread writes until the result is closed. */
    public static MDC.MDCCloseable call(CallId id) {
        return MDC.putCloseable(CALL, id.value());
    }

    /** Time, level, call, who, what, and an exception behind it, all in one line. */
    static final class LineEncoder extends PatternLayoutEncoder {
        /** The key of an {@code a=crypto} line (RFC 4568), whoever wrote SDP into the log. */
        private static final Pattern KEY = Pattern.compile("(?i)(inline:)[A-Za-z0-9+/=]+");

        private final NumberRedaction redaction;

        LineEncoder(NumberRedaction redaction) {
            this.redaction = redaction;
            setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%X{" + CALL + ":--}] %logger{0}: %msg %ex%nopex");
        }

        @Override
        public byte[] encode(ILoggingEvent event) {
            String text = getLayout().doLayout(event).strip();
            // Whatever comes from outside must not be able to make a line of its own.
            String line = text.replaceAll("[\\r\\n]+\\t?", " | ").replaceAll("\\p{Cntrl}", "?");
            String keyless = KEY.matcher(line).replaceAll("$1***");
            return (redaction.show(keyless) + System.lineSeparator()).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
