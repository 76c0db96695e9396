package io.copperline.gateway.record;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.copperline.codecs.Secret;
import io.copperline.config.RecordSettings;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;

/** Opens the database and brings its schema up to date. */
final class RecordDatabase {
    /** One for the writer, the rest for readers. */
    private static final int CONNECTIONS = 4;

    private static final int CONNECT_MILLIS = 5_000;

    private RecordDatabase() {}

    static HikariDataSource open(RecordSettings settings, Path dataDirectory) {
        String url = settings.url().orElseGet(() -> embedded(dataDirectory));
        HikariConfig config = new HikariConfig();
        config.setPoolName("records");
        config.setJdbcUrl(url);
        config.setUsername(settings.username().orElse(settings.url().isEmpty() ? "sa" : ""));
        config.setPassword(settings.password().map(Secret::reveal).orElse(""));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT_MILLIS);
        return open(config, withoutSecrets(url));
    }

    /** No AUTO_SERVER: one process owns the file, and its lock dies with the process. */
    private static String embedded(Path dataDirectory) {
        return "jdbc:h2:file:" + dataDirectory.toAbsolutePath().normalize().resolve("records")
                + ";DB_CLOSE_ON_EXIT=FALSE";
    }

    private static HikariDataSource open(HikariConfig config, String shownUrl) {
        HikariDataSource database;
        try {
            database = new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw unavailable(shownUrl, e);
        }
        try {
            Flyway.configure(RecordDatabase.class.getClassLoader())
                    .dataSource(database)
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw unavailable(shownUrl, e);
        }
    }

    private static RecordsUnavailable unavailable(String shownUrl, RuntimeException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new RecordsUnavailable(
                "The database of call records, " + shownUrl + ", cannot be used: " + withoutAccounts(root)
                        + ". Check records.url, records.username and records.password, and that no other Copperline"
                        + " uses the same data-directory.",
                e);
    }

    /** A driver that does not know accounts in URLs takes one for the host, and complains with it. */
    private static String withoutAccounts(Throwable root) {
        return String.valueOf(root.getMessage()).replaceAll("\\S*@", "");
    }

    /** Drivers take passwords in the URL too, behind a question mark or a semicolon. */
    private static String withoutSecrets(String url) {
        return url.replaceFirst("[?;].*$", "").replaceFirst("//[^/@]*@", "//");
    }
}
