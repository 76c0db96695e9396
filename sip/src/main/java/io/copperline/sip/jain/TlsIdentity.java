package io.copperline.sip.jain;

import io.copperline.sip.SipStartException;
import io.copperline.sip.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who we are over TLS and whom we trust, read anew when the files change. Connections that are open go on as they are; each new
 * one takes what was read last.
 */
final class TlsIdentity {
    private static final Logger LOG = LoggerFactory.getLogger(TlsIdentity.class);

    /** What shows that a file is another one; a missing file has no time. */
    private record Stamp(Path file, FileTime changed, long bytes) {}

    private final TlsSettings settings;
    private volatile SSLContext context;
    private List<Stamp> stamps;

    private TlsIdentity(TlsSettings settings, SSLContext context, List<Stamp> stamps) {
        this.settings = settings;
        this.context = context;
        this.stamps = stamps;
    }

    static TlsIdentity load(TlsSettings settings) throws SipStartException {
        List<Stamp> before = stamps(settings); // what changes while it is read is read again
        return new TlsIdentity(settings, TlsContext.load(settings), before);
    }

    SSLContext context() {
        return context;
    }

    /** Whether whoever connects must show a certificate, too. */
    boolean mutual() {
        return settings.mutual();
    }

    /** What ALPN offers. */
    String[] protocols() {
        return settings.protocols().toArray(String[]::new);
    }

    /** Reads the files again where they have changed. What cannot be used is told once, and the old is used on. Blocks. */
    synchronized void refresh() {
        List<Stamp> now = stamps(settings);
        if (now.equals(stamps)) {
            return;
        }
        stamps = now;
        try {
            context = TlsContext.load(settings);
            LOG.info("SIP over TLS uses the new {} for new connections", settings.certificate());
        } catch (SipStartException e) {
            LOG.warn("{} The certificate read before is used on", e.getMessage());
        }
    }

    private static List<Stamp> stamps(TlsSettings settings) {
        List<Stamp> found = new ArrayList<>();
        Stream.concat(Stream.of(settings.certificate(), settings.key()), settings.trust().stream())
                .forEach(file -> found.add(stamp(file)));
        return found;
    }

    private static Stamp stamp(Path file) {
        try {
            return new Stamp(file, Files.getLastModifiedTime(file), Files.size(file));
        } catch (IOException e) {
            return new Stamp(file, FileTime.fromMillis(0), -1);
        }
    }
}
