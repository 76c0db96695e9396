package io.copperline.sip;

import io.copperline.sip.jain.JainWire;
import io.copperline.sip.wire.SipWire;
import io.copperline.sip.wire.WireListener;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The wires of an endpoint: one for all, one for each other local address that a trunk is bound to, and one for each that a trunk is
 * over TLS. JAIN-SIP keeps one connection for each place, whoever asks for it, and one TLS context: only a stack of its own
 * keeps a trunk's connections from being used by another one.
 */
final class Wires implements AutoCloseable {
    private record Own(String bind, Optional<TlsSettings> tls) {}

    private final SipSettings settings;
    private final JainWire general;
    private final Map<Own, JainWire> own = new LinkedHashMap<>();

    private Wires(SipSettings settings, JainWire general) {
        this.settings = settings;
        this.general = general;
    }

    /** Opens all that these trunks need. */
    static Wires open(SipSettings settings, List<TrunkSettings> trunks, Drops drops, InstantSource clock)
            throws SipStartException {
        boolean shared = everywhere(settings.bindAddress())
                && trunks.stream().anyMatch(trunk -> trunk.carriage().bind().isPresent());
        Wires wires = new Wires(settings, JainWire.open(settings, shared, drops, clock));
        try {
            for (TrunkSettings trunk : trunks) {
                wires.openFor(trunk);
            }
            return wires;
        } catch (SipStartException | RuntimeException e) {
            wires.close();
            throw e;
        }
    }

    static boolean everywhere(String address) {
        return address.equals("0.0.0.0") || address.equals("::");
    }

    private void openFor(TrunkSettings trunk) throws SipStartException {
        String bind = bind(trunk);
        Own plain = new Own(bind, Optional.empty());
        if (!bind.equals(settings.bindAddress()) && !own.containsKey(plain)) {
            Set<SipTransport> heard = everywhere(settings.bindAddress())
                    ? EnumSet.of(SipTransport.TCP, SipTransport.TLS)
                    : EnumSet.noneOf(SipTransport.class);
            own.put(plain, general.beside(bind, EnumSet.allOf(SipTransport.class), heard, settings.tls()));
        }
        Own special = new Own(bind, tls(trunk));
        if (special.tls().isPresent() && !own.containsKey(special)) {
            Set<SipTransport> only = EnumSet.of(SipTransport.TLS);
            own.put(special, general.beside(bind, only, only, special.tls()));
        }
    }

    private String bind(TrunkSettings trunk) {
        return trunk.carriage().bind().orElse(settings.bindAddress());
    }

    private Optional<TlsSettings> tls(TrunkSettings trunk) {
        boolean special = !trunk.carriage().tls().equals(TrunkTls.USUAL) && general.port(SipTransport.TLS) != 0;
        return settings.tls().filter(_ -> special).map(trunk.carriage().tls()::over);
    }

    /** The one for all. */
    SipWire general() {
        return general;
    }

    /** That of a trunk. */
    SipWire of(TrunkSettings trunk) {
        SipWire plain = own.getOrDefault(new Own(bind(trunk), Optional.empty()), general);
        Own special = new Own(bind(trunk), tls(trunk));
        return special.tls().isEmpty() ? plain : new TlsBeside(plain, own.get(special));
    }

    int openTransactions() {
        return all().mapToInt(JainWire::openTransactions).sum();
    }

    int endedTransactions() {
        return all().mapToInt(JainWire::endedTransactions).sum();
    }

    private Stream<JainWire> all() {
        return Stream.concat(Stream.of(general), own.values().stream());
    }

    void listen(WireListener listener) {
        general.listen(listener);
        own.values().forEach(wire -> wire.listen(listener));
    }

    /** Reads certificates and keys again where they have changed. Blocks. */
    void refreshCertificates() {
        general.refreshCertificates();
        own.values().forEach(JainWire::refreshCertificates);
    }

    @Override
    public void close() {
        own.values().forEach(JainWire::close);
        general.close();
    }
}
