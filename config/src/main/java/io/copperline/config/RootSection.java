package io.copperline.config;

import io.copperline.sip.SipSettings;
import io.copperline.sip.TrunkSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The whole file. */
final class RootSection {
    private static final Key<String> REGION = Key.open(
            "region",
            Types.REGION,
            "US",
            "The region in which numbers without a country code are read, two letters. Needed.");
    private static final Key<Path> DATA_DIRECTORY = Key.of(
            "data-directory",
            Types.PATH,
            "data",
            "Where certificate, embedded database and other state are kept, relative to the working directory.");
    private static final Key<LogSettings.Level> LEVEL =
            Key.of("level", Types.oneOf(LogSettings.Level.class), "info", "error, warn, info or debug.");
    private static final Key<Boolean> REDACT_NUMBERS = Key.of(
            "redact-numbers",
            Types.YES_OR_NO,
            "true",
            "Whether only the last two digits of phone numbers are written.");
    private static final Section LOG = Section.of("log", "What the log says.", LEVEL, REDACT_NUMBERS);
    private static final Key<Boolean> LAB_ENABLED = Key.of(
            "enabled",
            Types.YES_OR_NO,
            "false",
            "Whether the built-in carrier listens where the trunk named lab points, and /lab/token gives tokens.");
    private static final Section LAB =
            Section.of("lab", "A carrier to try things with. Not for the public.", LAB_ENABLED);

    static final Section TABLE = Section.of(
            "",
            "",
            REGION,
            DATA_DIRECTORY,
            HttpSection.TABLE,
            AuthSection.TABLE,
            MediaSection.TABLE,
            IceServerSection.TABLE,
            SipSection.TABLE,
            TrunkSection.TABLE,
            RouteSection.TABLE,
            RecordSection.TABLE,
            LOG,
            LAB);

    private RootSection() {}

    static CopperlineSettings read(Fields root) {
        Path data = root.one(DATA_DIRECTORY);
        Fields labFields = root.section(LAB);
        boolean lab = labFields.one(LAB_ENABLED);
        SipSettings sip = SipSection.read(root.section(SipSection.TABLE));
        Map<String, Fields> trunks = root.named(TrunkSection.TABLE);
        List<TrunkSettings> lines = new ArrayList<>();
        trunks.forEach((name, fields) -> lines.add(TrunkSection.read(name, fields, sip)));
        checkLab(labFields, lab, lines);
        Fields log = root.section(LOG);
        return new CopperlineSettings(
                root.required(REGION, "US"),
                HttpSection.read(root.section(HttpSection.TABLE), lab),
                AuthSection.read(root.section(AuthSection.TABLE), lab),
                MediaSection.read(root.section(MediaSection.TABLE), data),
                IceServerSection.read(root.listed(IceServerSection.TABLE)),
                sip,
                lines,
                RouteSection.read(root.section(RouteSection.TABLE), trunks),
                RecordSection.read(root.section(RecordSection.TABLE)),
                new LogSettings(log.one(LEVEL), log.one(REDACT_NUMBERS)),
                new LabSettings(lab),
                data);
    }

    /** The lab carrier listens where its trunk points, and it must not listen to the outside. */
    private static void checkLab(Fields section, boolean lab, List<TrunkSettings> trunks) {
        boolean local =
                trunks.stream().anyMatch(trunk -> trunk.name().equals("lab") && NetTypes.loopback(trunk.host()));
        if (lab && !local) {
            section.problem(
                    LAB_ENABLED,
                    "a trunk named lab on a loopback address",
                    "none",
                    "add lab: with server: 127.0.0.1:5070 below trunks:");
        }
    }
}
