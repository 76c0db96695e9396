package io.copperline.gateway.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A SIP phone, baresip, on the trunk of its name: it takes every call, says {@link Speech#REPLY}, and keeps what it hears. */
final class Baresip implements AutoCloseable {
    private static final String NUMBER = "+15055550100";
    private static final Duration SOUND = Duration.ofSeconds(4);
    private static final long END_SECONDS = 10;
    private static final int WAV_HEADER_BYTES = 44;
    /** It hangs up when it has said all. */
    private static final int REPETITIONS = 24;

    /** The sampling rates of its codecs, by their modules. */
    private static final Map<String, Integer> RATES_HZ = Map.of("g711", 8_000, "g722", 16_000, "opus", 48_000);

    private final Process process;
    private final Path directory;
    private final int rateHz;
    private final Path log;

    private Baresip(Process process, Path directory, int rateHz) {
        this.process = process;
        this.directory = directory;
        this.rateHz = rateHz;
        log = directory.resolve("log");
    }

    /** How its account wants audio encrypted, in baresip's own words. */
    enum Encryption {
        NONE(""),
        OPPORTUNISTIC(";mediaenc=srtp"),
        MANDATORY(";mediaenc=srtp-mand");

        private final String parameter;

        Encryption(String parameter) {
            this.parameter = parameter;
        }
    }

    /** Waits for calls; {@code codec} is the name of its only codec's module. */
    static Baresip waits(Stage stage, Encryption encryption, String codec) {
        return ready(start(stage, account(encryption, "udp"), codec, "", List.of()));
    }

    /** Calls a number behind the gateway. */
    static Baresip calls(Stage stage, String number, Encryption encryption) {
        int gateway = stage.gateway().ports().sip();
        return start(stage, account(encryption, "udp"), "g711", "", dial(number, "127.0.0.1:" + gateway));
    }

    /** Waits for calls over TLS, which must be encrypted; its certificate is {@code phone.pem} of the stage's directory. */
    static Baresip waitsOverTls(Stage stage) {
        return ready(start(stage, account(Encryption.MANDATORY, "tls"), "g711", certificate(stage), List.of()));
    }

    /** Calls a number behind the gateway over TLS. */
    static Baresip callsOverTls(Stage stage, String number) {
        String gateway = "127.0.0.1:" + stage.gateway().ports().sipTls();
        return start(stage, account(Encryption.MANDATORY, "tls"), "g711", certificate(stage), dial(number, gateway));
    }

    /** Registers at Kamailio over TLS, and waits for calls. */
    static Baresip registers(Stage stage) {
        return ready(start(stage, accountAtKamailio(stage), "g711", certificate(stage), List.of()));
    }

    /** Calls a number by way of Kamailio. */
    static Baresip callsByKamailio(Stage stage, String number) {
        String kamailio = "127.0.0.1:" + stage.gateway().ports().kamailioTls();
        return start(stage, accountAtKamailio(stage), "g711", certificate(stage), dial(number, kamailio));
    }

    private static List<String> dial(String number, String where) {
        return List.of("-e", "/dial sip:" + number + "@" + where);
    }

    private static String account(Encryption encryption, String transport) {
        return "<sip:" + NUMBER + "@127.0.0.1;transport=" + transport + ">;regint=0;answermode=auto"
                + encryption.parameter;
    }

    private static String accountAtKamailio(Stage stage) {
        return "<sip:phone-account@127.0.0.1:%d;transport=tls>;auth_pass=phone-secret;regint=600;answermode=auto%s"
                .formatted(stage.gateway().ports().kamailioTls(), Encryption.MANDATORY.parameter);
    }

    /** It wants certificate and key in one file. */
    private static String certificate(Stage stage) {
        Path both = stage.directory().resolve("phone-both.pem");
        try {
            Files.writeString(
                    both,
                    Files.readString(stage.directory().resolve("phone.pem"))
                            + Files.readString(stage.directory().resolve("phone.key")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "sip_certificate " + both + "\nsip_cafile " + stage.directory().resolve("ca.pem") + "\n";
    }

    private static Baresip ready(Baresip phone) {
        phone.awaitSaid("baresip is ready");
        return phone;
    }

    private static Baresip start(
            Stage stage, String account, String codec, String moreConfiguration, List<String> more) {
        Ports ports = stage.gateway().ports();
        try {
            Path directory = Files.createTempDirectory(stage.directory(), "baresip-");
            Path log = directory.resolve("log");
            writeSpeech(directory.resolve("says.wav"));
            Files.writeString(directory.resolve("config"), moreConfiguration + configuration(ports, directory, codec));
            Files.writeString(directory.resolve("accounts"), account + "\n");
            Files.writeString(directory.resolve("contacts"), "");
            // Into a file it would write its log when it ends.
            List<String> command =
                    new ArrayList<>(List.of("stdbuf", "-oL", "baresip", "-4", "-v", "-f", directory.toString()));
            command.addAll(more);
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new Baresip(process, directory, RATES_HZ.get(codec));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The reply over and over: the lengths in the header (RIFF, data) grow with it. */
    private static void writeSpeech(Path file) throws IOException {
        byte[] once = Files.readAllBytes(Speech.REPLY.file());
        int bytes = REPETITIONS * (once.length - WAV_HEADER_BYTES);
        ByteBuffer wav = ByteBuffer.allocate(WAV_HEADER_BYTES + bytes).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(once, 0, WAV_HEADER_BYTES);
        for (int i = 0; i < REPETITIONS; i++) {
            wav.put(once, WAV_HEADER_BYTES, once.length - WAV_HEADER_BYTES);
        }
        wav.putInt(4, WAV_HEADER_BYTES - 8 + bytes).putInt(WAV_HEADER_BYTES - 4, bytes);
        Files.write(file, wav.array());
    }

    /** It writes down what it decodes, and plays it into a bridge that leads nowhere. It finds no files for tones. */
    private static String configuration(Ports ports, Path directory, String codec) {
        return """
                sip_listen 127.0.0.1:%d
                net_interface 127.0.0.1
                rtp_ports %d-%d
                rtcp_mux yes
                audio_path nowhere
                audio_player aubridge,nobody
                audio_source aufile,%s/says.wav
                snd_path %s
                ausrc_srate 8000
                auplay_srate 8000
                module_path /usr/lib/baresip/modules
                module aubridge.so
                module aufile.so
                module sndfile.so
                module %s.so
                module srtp.so
                opus_stereo no
                opus_sprop_stereo no
                module_tmp account.so
                module_app menu.so
                """.formatted(
                        ports.baresip(), ports.baresipMedia(), ports.baresipMedia() + 5, directory, directory, codec);
    }

    /** Waits until its log has this text. */
    void awaitSaid(String text) {
        Await.until("\"" + text + "\" in " + log, () -> said().contains(text));
    }

    /** The port that it sends its reports to. */
    int reportsTo() {
        Matcher last = Pattern.compile("(?s).*starting RTCP with remote [^\\n]*:(\\d+)")
                .matcher(said());
        if (!last.lookingAt()) {
            throw new AssertionError("it sends no reports; see " + log);
        }
        return Integer.parseInt(last.group(1));
    }

    private String said() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Listens until it hears this, and nothing else of what is said in tests; a re-INVITE ends what it records. */
    void awaitHeard(Speech played) {
        Sounds.awaitHeard(played, () -> hear(SOUND));
    }

    /** What it hears from now on, once it is so long, at 8 kHz: speech of 8 kHz is played to it, so that nothing is above 4 kHz. */
    private short[] hear(Duration length) {
        int before = heard().length;
        int every = rateHz / 8_000;
        int samples = (int) length.toMillis() * 8 * every;
        short[] heard = Await.value(
                "it hears; see " + log,
                length.plus(Await.USUAL),
                () -> Optional.of(heard()).filter(all -> all.length >= before + samples));
        short[] narrow = new short[(heard.length - before) / every];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = heard[before + every * i];
        }
        return narrow;
    }

    /** What it has heard since its audio began, at its codec's rate. */
    private short[] heard() {
        try (Stream<Path> files = Files.list(directory)) {
            Optional<Path> recording =
                    files.filter(file -> file.toString().endsWith("-dec.wav")).findFirst();
            return recording.isEmpty() || Files.size(recording.get()) <= WAV_HEADER_BYTES
                    ? new short[0]
                    : Speech.samples(Files.readAllBytes(recording.get()), WAV_HEADER_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hangs up, and ends. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
