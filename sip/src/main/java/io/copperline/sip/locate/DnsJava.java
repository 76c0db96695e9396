package io.copperline.sip.locate;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.NAPTRRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import org.xbill.DNS.hosts.HostsFileParser;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/** DNS by dnsjava: the machine's name servers and hosts file, or name servers of the operator's. Aliases are followed. */
public final class DnsJava implements Dns {
    private static final Duration ONE_TRY = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    /** dnsjava does not tell the SOA's negative time to live, so that of the cache decides. */
    private static final Duration NEGATIVE = Duration.ofMinutes(5);

    private final HostsFile hosts = new HostsFile(new HostsFileParser());
    private final LookupSession session;

    /** @param servers name servers to ask; those of the machine where empty */
    public DnsJava(List<InetSocketAddress> servers) {
        this.session = LookupSession.builder()
                .resolver(resolver(servers))
                .searchPath(ResolverConfig.getCurrentConfig().searchPath())
                .ndots(ResolverConfig.getCurrentConfig().ndots())
                .build();
    }

    private static Resolver resolver(List<InetSocketAddress> servers) {
        if (servers.isEmpty()) {
            ExtendedResolver machines = new ExtendedResolver();
            machines.setTimeout(ONE_TRY);
            return machines;
        }
        List<Resolver> all = new ArrayList<>();
        for (InetSocketAddress server : servers) {
            SimpleResolver one = new SimpleResolver(server);
            one.setTimeout(ONE_TRY);
            all.add(one);
        }
        return new ExtendedResolver(all);
    }

    @Override
    public DnsAnswer ask(DnsQuestion question) {
        try {
            Optional<DnsAnswer> own = hosts.ask(question);
            if (own.isPresent()) {
                return own.get();
            }
            List<Record> records = session.lookupAsync(Name.fromString(question.name()), type(question.type()))
                    .toCompletableFuture()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .getRecords();
            long ttlSeconds = records.stream().mapToLong(Record::getTTL).min().orElse(NEGATIVE.toSeconds());
            return DnsAnswer.of(
                    records.stream().flatMap(one -> translate(one).stream()).toList(), Duration.ofSeconds(ttlSeconds));
        } catch (ExecutionException e) {
            return e.getCause() instanceof NoSuchDomainException || e.getCause() instanceof NoSuchRRSetException
                    ? DnsAnswer.none(NEGATIVE)
                    : DnsAnswer.failed(words(question, e.getCause()));
        } catch (TimeoutException | IOException | RuntimeException e) {
            return DnsAnswer.failed(words(question, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return DnsAnswer.failed(words(question, e));
        }
    }

    private static String words(DnsQuestion question, Throwable why) {
        boolean silent = why instanceof TimeoutException || why instanceof IOException;
        String what = silent ? "no answer" : String.valueOf(why.getMessage());
        return "DNS, " + question.type() + " of " + question.name() + ": " + what;
    }

    private static int type(DnsQuestion.Type type) {
        return switch (type) {
            case NAPTR -> Type.NAPTR;
            case SRV -> Type.SRV;
            case A -> Type.A;
            case AAAA -> Type.AAAA;
        };
    }

    private static List<DnsRecord> translate(Record one) {
        return switch (one) {
            case NAPTRRecord n ->
                List.of(new DnsRecord.Naptr(
                        n.getOrder(), n.getPreference(), n.getFlags(), n.getService(), text(n.getReplacement())));
            case SRVRecord s ->
                List.of(new DnsRecord.Srv(s.getPriority(), s.getWeight(), s.getPort(), text(s.getTarget())));
            case ARecord a -> List.of(new DnsRecord.Address(a.getAddress()));
            case AAAARecord a -> List.of(new DnsRecord.Address(a.getAddress()));
            default -> List.of();
        };
    }

    private static String text(Name name) {
        return name.toString(/* omitFinalDot= */ true);
    }
}
