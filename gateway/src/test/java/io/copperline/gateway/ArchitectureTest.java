package io.copperline.gateway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Set;

/** Holds the arrows between the rooms, gives each library one room, and says who may read a clock. */
@AnalyzeClasses(
        packages = "io.copperline",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {
    static final class NoTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    // The arrows. codecs <- webrtc, codecs <- sip, both <- config, all <- gateway.

    @ArchTest
    static final ArchRule codecsStandAlone = mayNotSee("codecs", "webrtc", "sip", "config", "gateway");

    @ArchTest
    static final ArchRule webrtcSeesCodecsOnly = mayNotSee("webrtc", "sip", "config", "gateway");

    @ArchTest
    static final ArchRule sipSeesCodecsOnly = mayNotSee("sip", "webrtc", "config", "gateway");

    @ArchTest
    static final ArchRule configDoesNotSeeTheGateway = mayNotSee("config", "gateway");

    @ArchTest
    static final ArchRule codecsHaveNoHands = noClasses()
            .that()
            .resideInAPackage("io.copperline.codecs..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.nio.channels..", "javax.net..")
                    .or(nameMatching("java\\.lang\\.Thread|java\\.net\\.[A-Za-z]*Socket"
                            + "|java\\.util\\.concurrent\\.(?!TimeUnit)[A-Za-z]*")))
            .because("a codec has no socket, no thread and no clock")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule webrtcHasNoHands = noClasses()
            .that()
            .resideInAPackage("io.copperline.webrtc..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.nio.channels..", "javax.net..")
                    .or(nameMatching("java\\.lang\\.Thread|java\\.net\\.[A-Za-z]*Socket|java\\.util\\.concurrent"
                            + "\\.(Executors|Scheduled[A-Za-z]*|ThreadPoolExecutor|ForkJoinPool|CompletableFuture)")))
            .because("whoever uses the library brings sockets, threads and the clock");

    @ArchTest
    static final ArchRule codecsNeedNothingButTheRuntime =
            needOnly("codecs", "io.copperline.codecs..", "java..", "javax.crypto..");

    @ArchTest
    static final ArchRule webrtcNeedsBouncyCastleAlone = needOnly(
            "webrtc",
            "io.copperline.webrtc..",
            "io.copperline.codecs..",
            "java..",
            "javax.crypto..",
            "org.bouncycastle..");

    // Libraries. What can be swapped is seen in one place.

    @ArchTest
    static final ArchRule jainSip = onlyIn("io.copperline.sip.jain..", "javax.sip..", "gov.nist..");

    @ArchTest
    static final ArchRule dnsJava = onlyIn("io.copperline.sip.locate..", "org.xbill..");

    @ArchTest
    static final ArchRule bouncyCastle = onlyIn("io.copperline.webrtc.dtls..", "org.bouncycastle..");

    @ArchTest
    static final ArchRule commonsConfiguration =
            onlyIn("io.copperline.config..", "org.apache.commons.configuration2..", "org.yaml..");

    @ArchTest
    static final ArchRule netty = onlyIn("io.copperline.gateway..", "io.netty..");

    @ArchTest
    static final ArchRule vertx = onlyIn("io.copperline.gateway.web..", "io.vertx..");

    @ArchTest
    static final ArchRule tokens = onlyIn("io.copperline.gateway.web..", "com.nimbusds..");

    @ArchTest
    static final ArchRule phoneNumbers = onlyIn("io.copperline.gateway.route..", "com.google.i18n..");

    @ArchTest
    static final ArchRule databases =
            onlyIn("io.copperline.gateway.record..", "java.sql..", "javax.sql..", "com.zaxxer..", "org.flywaydb..");

    @ArchTest
    static final ArchRule operations =
            onlyIn("io.copperline.gateway.ops..", "org.quartz..", "io.micrometer..", "ch.qos.logback..");

    @ArchTest
    static final ArchRule commandLine = onlyIn("io.copperline.gateway.cli..", "picocli..");

    // The clock. Time is an argument; these are the doors through which it comes in.

    private static final String CLOCK_READERS =
            "io\\.copperline\\.gateway\\.(media\\.Shard.*|Gateway(\\$.*)?|cli\\..*)";

    @ArchTest
    static final ArchRule onlyTheDoorsReadAClock = noClasses()
            .that()
            .haveNameNotMatching(CLOCK_READERS)
            .should()
            .accessTargetWhere(readsAClock())
            .because("time comes in as an argument: nowNanos, or an InstantSource");

    private static ArchRule mayNotSee(String room, String... others) {
        String[] packages = java.util.Arrays.stream(others)
                .map(other -> "io.copperline." + other + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("io.copperline." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages);
    }

    /** A library that others would want brings nothing along that it need not. */
    private static ArchRule needOnly(String room, String... packages) {
        return classes()
                .that()
                .resideInAPackage("io.copperline." + room + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(packages);
    }

    private static ArchRule onlyIn(String room, String... libraries) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries)
                .because("it has one room: " + room);
    }

    private static DescribedPredicate<JavaAccess<?>> readsAClock() {
        return new DescribedPredicate<>("read a clock") {
            private final Set<String> system = Set.of("nanoTime", "currentTimeMillis");

            @Override
            public boolean test(JavaAccess<?> access) {
                AccessTarget target = access.getTarget();
                String name = target.getName();
                boolean ofSystem = target.getOwner().isEquivalentTo(System.class) && system.contains(name);
                boolean ofTime = target.getOwner().getPackageName().equals("java.time") && name.equals("now");
                boolean source = (target.getOwner().isEquivalentTo(Clock.class)
                                || target.getOwner().isEquivalentTo(InstantSource.class))
                        && (name.startsWith("system") || name.startsWith("tick"));
                boolean date = target.getFullName().equals("java.util.Date.<init>()");
                return ofSystem || ofTime || source || date;
            }
        };
    }
}
