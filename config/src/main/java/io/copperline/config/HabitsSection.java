package io.copperline.config;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.config.CarrierHabits.HeaderHabit;
import io.copperline.config.CarrierHabits.Media;
import io.copperline.config.CarrierHabits.Registration;
import io.copperline.config.CarrierHabits.Reporting;
import io.copperline.sip.SipTransport;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The keys of a scripted carrier's file. */
final class HabitsSection {
    /** The word in {@code from} for the account; no phone number, so no pattern anyone needs. */
    private static final String ACCOUNT = "account";

    private static final Pattern HEADER = Pattern.compile("([A-Za-z0-9-]{1,64}): ?(.+)");

    private static final Type<Pattern> PATTERN = Type.of("a regular expression", Types::pattern);

    private static final Type<HeaderHabit> HEADER_HABIT =
            Type.of("a header and a regular expression, Name: expression", text -> {
                Matcher parts = HEADER.matcher(text);
                if (!parts.matches()) {
                    throw new Mismatch();
                }
                return new HeaderHabit(parts.group(1), Types.pattern(parts.group(2)));
            });

    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,32}");

    private static final Type<String> METHOD_TEXT = Type.of("a method in capital letters", text -> {
        if (!METHOD.matcher(text).matches()) {
            throw new Mismatch();
        }
        return text;
    });

    private static final Key<SipTransport> TRANSPORT = Key.of(
            "transport",
            Types.oneOf(SipTransport.class),
            "udp",
            "What it listens on: udp, tcp or tls (for which the command wants a certificate).");
    private static final Key<Registration> REGISTRATION = Key.of(
            "registration",
            Types.oneOf(Registration.class),
            "optional",
            "none (REGISTER is refused by 405), optional, or required (calls before it are refused by 403).");
    private static final Key<Integer> CHALLENGE = Key.of(
            "challenge",
            Type.of("401, 407, or 0 for none", text -> {
                int status = Types.number(text, 0, 407);
                if (status != 0 && status != 401 && status != 407) {
                    throw new Mismatch();
                }
                return status;
            }),
            "0",
            "The status with which it asks for credentials on INVITE; 0: it does not.");
    private static final Key<Pattern> CALLED = Key.of(
            "called",
            PATTERN,
            ".*",
            "What the called number looks like, the user of the Request-URI: a regular expression for the whole.");
    private static final Key<Integer> CALLED_REFUSAL =
            Key.of("called-refusal", Types.whole(400, 699), "404", "The status for other numbers.");
    private static final Key<String> FROM = Key.open(
            "from",
            Types.TEXT,
            ACCOUNT,
            "What the user in From looks like: account, or a regular expression. Without it, as it likes.");
    private static final Key<Integer> CALLER_REFUSAL = Key.of(
            "caller-refusal",
            Types.whole(400, 699),
            "403",
            "The status for another user in From, and for headers and barred.");
    private static final Key<Pattern> CONTACT = Key.open(
            "contact",
            PATTERN,
            "[a-z0-9.-]+",
            "What the host in Contact looks like, of INVITE and of OPTIONS. Without it, as it likes.");
    private static final Key<Integer> CONTACT_REFUSAL =
            Key.of("contact-refusal", Types.whole(400, 699), "403", "The status for other hosts.");
    private static final Key<HeaderHabit> HEADERS = Key.list(
            "headers",
            HEADER_HABIT,
            "[]",
            "['P-Asserted-Identity: \\+[0-9]+']",
            "Headers that INVITE must have, by the user of the address in them; where there is no address, by the whole value.");
    private static final Key<HeaderHabit> BARRED =
            Key.list("barred", HEADER_HABIT, "[]", "['Require: .*']", "Headers that INVITE must not have, likewise.");
    private static final Key<AudioCodec> CODECS = Key.list(
            "codecs",
            Types.oneOf(AudioCodec.class),
            "[pcmu, pcma]",
            "[pcmu, pcma]",
            "What it takes; the first of them that an offer lists is the call's.");
    private static final Key<Boolean> TELEPHONE_EVENT = Key.of(
            "telephone-event",
            Types.YES_OR_NO,
            "true",
            "Whether an offer must have telephone-event (RFC 4733) with the codec's clock.");
    private static final Key<Media> MEDIA = Key.of(
            "media",
            Types.oneOf(Media.class),
            "plain",
            "Its audio: plain (RTP/AVP), encrypted (RTP/SAVP with a key, SDES), or either, with a key where the offer has one.");
    private static final Key<String> METHODS = Key.list(
            "methods",
            METHOD_TEXT,
            "[INFO, PRACK, UPDATE]",
            "[INFO, UPDATE]",
            "What it knows beside INVITE, ACK, BYE, CANCEL and OPTIONS; others are refused by 405.");
    private static final Key<String> EXTENSIONS = Key.list(
            "extensions",
            Types.WORD_TEXT,
            "[100rel, timer]",
            "[timer]",
            "Option tags that it knows; others in Require are refused by 420.");

    private static final Key<Integer> RELIABLE = Key.of(
            "reliable",
            Type.of("180, 183, or 0 for neither", text -> {
                int status = Types.number(text, 0, 183);
                if (status != 0 && status != 180 && status != 183) {
                    throw new Mismatch();
                }
                return status;
            }),
            "0",
            "The ringing that it sends until PRACK comes (RFC 3262): 180, or 183 with the answer; an INVITE without 100rel is refused by 421.");
    private static final Key<Reporting> REPORTING = Key.of(
            "rtcp",
            Types.oneOf(Reporting.class),
            "apart",
            "Its RTCP reports: off, apart (the port after that of audio), or mux, on the same port where the other side takes that.");

    private static final List<Entry> INSISTENCE = List.of(
            TRANSPORT,
            REGISTRATION,
            CHALLENGE,
            CALLED,
            CALLED_REFUSAL,
            FROM,
            CALLER_REFUSAL,
            CONTACT,
            CONTACT_REFUSAL,
            HEADERS,
            BARRED,
            CODECS,
            TELEPHONE_EVENT,
            MEDIA,
            METHODS,
            EXTENSIONS,
            RELIABLE,
            REPORTING);

    static final Section TABLE = Section.of(
            "", "", Stream.of(INSISTENCE, CallingKeys.ALL).flatMap(List::stream).toArray(Entry[]::new));

    private HabitsSection() {}

    static CarrierHabits read(Fields file) {
        Optional<String> from = file.maybe(FROM);
        List<String> methods = file.many(METHODS);
        List<String> extensions = file.many(EXTENSIONS);
        int reliable = file.one(RELIABLE);
        if (reliable != 0 && !(methods.contains("PRACK") && extensions.contains("100rel"))) {
            file.problem(RELIABLE, "PRACK in methods and 100rel in extensions", "" + reliable, "add them");
        }
        return new CarrierHabits(
                file.one(TRANSPORT),
                file.one(REGISTRATION),
                file.one(CHALLENGE),
                file.one(CALLED),
                file.one(CALLED_REFUSAL),
                from.filter(text -> !text.equals(ACCOUNT)).flatMap(text -> fromPattern(file, text)),
                from.filter(ACCOUNT::equals).isPresent(),
                file.one(CALLER_REFUSAL),
                file.maybe(CONTACT),
                file.one(CONTACT_REFUSAL),
                file.many(HEADERS),
                file.many(BARRED),
                Codecs.read(file, CODECS),
                file.one(TELEPHONE_EVENT),
                file.one(MEDIA),
                methods,
                extensions,
                reliable,
                file.one(REPORTING),
                CallingKeys.read(file));
    }

    private static Optional<Pattern> fromPattern(Fields file, String text) {
        try {
            return Optional.of(Types.pattern(text));
        } catch (Mismatch e) {
            file.problem(FROM, "account, or a regular expression", text, e.fix().orElse("write from: account"));
            return Optional.empty();
        }
    }
}
