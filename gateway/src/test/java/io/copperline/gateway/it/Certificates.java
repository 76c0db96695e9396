package io.copperline.gateway.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Keys and certificates that OpenSSL makes, on elliptic curves, good for two days. */
final class Certificates {
    private static final List<String> NEW_KEY =
            List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2");

    private final Path directory;

    private Certificates(Path directory) {
        this.directory = directory;
    }

    /** An authority, {@code ca.pem} with {@code ca.key}, in a directory. */
    static Certificates in(Path directory) {
        Certificates authority = new Certificates(directory);
        authority.selfSigned("ca", "Carrier CA");
        return authority;
    }

    /** Makes {@code FILE.pem} and {@code FILE.key}, which nobody has signed. */
    Certificates selfSigned(String file, String name) {
        request("-x509", "-subj", "/CN=" + name, "-keyout", file + ".key", "-out", file + ".pem");
        return this;
    }

    /** Makes {@code FILE.pem} and {@code FILE.key} for a host, signed by the authority. */
    Certificates signed(String file, String host) {
        return signed(file, List.of("subjectAltName=DNS:" + host), 2);
    }

    /** The same, and it ended a day ago. */
    Certificates expired(String file, String host) {
        return signed(file, List.of("subjectAltName=DNS:" + host), -1);
    }

    /** The same for whoever signs the calls of a service provider (RFC 8226 section 9). */
    Certificates callSigner(String file, String providerCode) {
        return signed(
                file,
                List.of(
                        "1.3.6.1.5.5.7.1.26=ASN1:SEQUENCE:numbers",
                        "[numbers]",
                        "provider=EXPLICIT:0,IA5STRING:" + providerCode),
                2);
    }

    private Certificates signed(String file, List<String> extensions, int days) {
        try {
            Files.write(directory.resolve(file + ".cnf"), extensions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        request("-subj", "/CN=" + file, "-keyout", file + ".key", "-out", file + ".csr");
        String[] signing = {"x509", "-req", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "" + days};
        String[] files = {"-in", file + ".csr", "-extfile", file + ".cnf", "-out", file + ".pem"};
        run(Stream.concat(Stream.of(signing), Stream.of(files)));
        return this;
    }

    private void request(String... arguments) {
        run(Stream.of(Stream.of("req"), Stream.of(arguments), NEW_KEY.stream()).flatMap(part -> part));
    }

    private void run(Stream<String> arguments) {
        List<String> command = Stream.concat(Stream.of("openssl"), arguments).toList();
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(command + ": " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
