package io.copperline.webrtc.jsep;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.sdp.AudioFormat;
import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.codecs.sdp.NoCommonCodec;
import io.copperline.codecs.sdp.SdpException;
import io.copperline.codecs.sdp.SdpMedia;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The session's description through its offers and answers (RFC 8829 section 3.2). Sections keep their places and mids for as long as
 * it lasts, and a refused one stays refused until the other side fills its place anew.
 *
 * <pre>
 * STABLE --offer()--> HAVE_LOCAL_OFFER --accept()--> STABLE
 *    |  ^                    |
 *    `--'  consider(), answer()   `--rollback()--> STABLE
 * </pre>
 */
public final class Negotiation {
    private static final String AUDIO_PROTOCOL = "UDP/TLS/RTP/SAVPF";
    private static final String DATA_PROTOCOL = "UDP/DTLS/SCTP";
    private static final int AUDIO_LEVEL_ID = 1;
    private static final int MID_ID = 4;
    private static final int MAX_SECTIONS = 32;

    private static final int EVENTS_FOR_ALL_HZ = 8_000;

    private final LocalDescription local;
    private final List<AudioCodec> codecs;
    private final boolean dataChannels;
    private final PayloadTypes payloadTypes = new PayloadTypes();
    private SignalingState state = SignalingState.STABLE;
    /** As last written by us, in order: what the next offer begins with. */
    private List<SdpMedia> sections = List.of();

    private Optional<Voice> voice = Optional.empty();
    /** The place of the section that our SSRC was last sent in. */
    private Optional<Integer> sourcePlace = Optional.empty();

    private Optional<Agreement> agreed = Optional.empty();
    private int offeredSections;
    private int version;

    /**
     * @param codecs ours, best first
     * @param dataChannels whether a section for data channels is taken
     */
    public Negotiation(LocalDescription local, List<AudioCodec> codecs, boolean dataChannels) {
        this.local = local;
        this.codecs = codecs;
        this.dataChannels = dataChannels;
    }

    public SignalingState state() {
        return state;
    }

    /**
     * Looks at the other side's description.
     *
     * @param wish what we would do with audio
     */
    public Proposal consider(RemoteDescription remote, MediaDirection wish) throws SdpException, NoCommonCodec {
        if (remote.sections().size() > MAX_SECTIONS) {
            throw new SdpException("more than " + MAX_SECTIONS + " sections");
        }
        RemoteSection first = bearer(remote);
        List<RemoteSection> audio =
                remote.audio().filter(s -> shares(remote, first, s)).toList();
        Optional<RemoteSection> data = remote.sections().stream()
                .filter(s -> s.kind() == RemoteSection.Kind.DATA && usable(s) && keepsPlace(!shares(remote, first, s)))
                .findFirst();
        Optional<Voice> chosen = audio.isEmpty() ? Optional.empty() : Optional.of(Voice.choose(audio, voice, wish));
        Optional<NegotiatedMedia> media = chosen.isEmpty()
                ? Optional.empty()
                : Optional.of(NegotiatedMedia.choose(chosen.get(), codecs, local.red()));
        Optional<NegotiatedData> channels = data.isEmpty()
                ? Optional.empty()
                : Optional.of(NegotiatedData.of(data.get().media()));
        Optional<RemoteTransport> dataTransport = data.isEmpty() || shares(remote, first, data.get())
                ? Optional.empty()
                : Optional.of(remote.transport(data.get()));
        return new Proposal(
                remote,
                new Agreement(remote.transport(first), first.mid(), media, channels, dataTransport),
                chosen,
                data);
    }

    /** The section whose transport the audio has: the first of its bundle that we can use (RFC 9143 section 7.3.2). */
    private RemoteSection bearer(RemoteDescription remote) throws SdpException {
        RemoteSection main = remote.audio()
                .findFirst()
                .or(() -> remote.sections().stream().filter(this::usable).findFirst())
                .orElseThrow(() -> new SdpException("has no section that is of use here: audio or data channels"));
        return remote.sections().stream()
                .filter(s -> usable(s) && shares(remote, main, s))
                .findFirst()
                .orElse(main);
    }

    /** Data channels stay in the bundle, or outside it, as they began; in our own offers they begin inside. */
    private boolean keepsPlace(boolean apart) {
        return agreed.filter(before -> before.data().isPresent())
                .map(before -> before.hasData(apart))
                .orElse(!apart || state == SignalingState.STABLE);
    }

    private boolean usable(RemoteSection section) {
        return switch (section.kind()) {
            case AUDIO -> true;
            case DATA -> dataChannels;
            case OTHER -> false;
        };
    }

    /** Whether one transport serves both. */
    private static boolean shares(RemoteDescription remote, RemoteSection first, RemoteSection section) {
        return section.index() == first.index() || remote.bundles(first) && remote.bundles(section);
    }

    /**
     * Answers an offer, section by section in its order (RFC 8829 section 5.3.1).
     *
     * @param apart that of the data channels, where they have one of their own
     */
    public String answer(Proposal proposal, LocalTransport transport, Optional<LocalTransport> apart) {
        List<SdpMedia> answered = new ArrayList<>();
        List<String> bundle = new ArrayList<>();
        for (RemoteSection section : proposal.remote().sections()) {
            Optional<SdpMedia> taken = answered(proposal, section, transport, apart.orElse(transport));
            answered.add(taken.orElseGet(() -> LocalDescription.refused(section.media())));
            if (taken.isPresent() && proposal.remote().bundles(section)) {
                bundle.add(section.mid().orElseThrow());
            }
        }
        settle(proposal, answered);
        return local.write(++version, bundle, answered);
    }

    private Optional<SdpMedia> answered(
            Proposal proposal, RemoteSection section, LocalTransport transport, LocalTransport data) {
        if (proposal.data().filter(d -> d.index() == section.index()).isPresent()) {
            return Optional.of(local.data(section.media().protocol(), section.mid(), data));
        }
        boolean carries = proposal.voice().isPresent()
                && section.kind() == RemoteSection.Kind.AUDIO
                && shares(proposal.remote(), proposal.voice().get().main(), section);
        if (!carries) {
            return Optional.empty();
        }
        NegotiatedMedia media = proposal.agreement().audio().orElseThrow();
        List<AudioFormat> formats = new ArrayList<>();
        if (media.redPayloadType() >= 0) {
            formats.add(LocalDescription.red(media)); // First: Chromium sends RED only where the answer prefers it.
        }
        formats.add(local.format(media.codec(), media.payloadType()));
        if (media.comfortNoise()) {
            formats.add(AudioFormat.COMFORT_NOISE);
        }
        if (media.telephoneEventPayloadType() >= 0) {
            formats.add(LocalDescription.events(media.telephoneEventPayloadType(), media.telephoneEventClockRateHz()));
        }
        return Optional.of(local.audio(
                new LocalDescription.Audio(
                        section.media().protocol(),
                        formats,
                        media.audioLevelId(),
                        media.midId(),
                        proposal.voice().get().direction(section),
                        sourcePlace(proposal.voice())
                                .filter(place -> place == section.index())
                                .isPresent(),
                        section.media().has("rtcp-rsize")),
                section.mid(),
                transport));
    }

    /**
     * Our SSRC stays in its section while that is on hold. Chromium forgets the stream otherwise, and gives Web Audio nothing of the
     * one with the same SSRC that comes after.
     */
    private Optional<Integer> sourcePlace(Optional<Voice> of) {
        return of.flatMap(Voice::to).map(RemoteSection::index).or(() -> sourcePlace);
    }

    /**
     * Our offer: every section there has been, in its place, and behind them what is new (RFC 8829 section 5.2.2).
     *
     * @param apart that of the data channels, where they have one of their own
     * @param data whether data channels are wanted
     */
    public String offer(LocalTransport transport, Optional<LocalTransport> apart, MediaDirection wish, boolean data) {
        List<SdpMedia> offered = new ArrayList<>();
        for (SdpMedia before : sections) {
            offered.add(offeredAgain(before, offered.size(), wish, transport, apart.orElse(transport)));
        }
        if (offered.stream().noneMatch(section -> isLive(section, "audio"))) {
            offered.add(audio(wish, wish.sends(), freeMid(offered), transport));
        }
        if (data && offered.stream().noneMatch(section -> isLive(section, "application"))) {
            offered.add(local.data(DATA_PROTOCOL, freeMid(offered), transport));
        }
        state = SignalingState.HAVE_LOCAL_OFFER;
        offeredSections = offered.size();
        List<String> bundle = offered.stream()
                .filter(section -> isLive(section, "audio") || isLive(section, "application") && apart.isEmpty())
                .flatMap(section -> section.attribute("mid").stream())
                .toList();
        return local.write(++version, bundle, offered);
    }

    private SdpMedia offeredAgain(
            SdpMedia before, int place, MediaDirection wish, LocalTransport transport, LocalTransport data) {
        Optional<String> mid = before.attribute("mid");
        if (isLive(before, "application")) {
            return local.data(before.protocol(), mid, data);
        }
        if (!isLive(before, "audio")) {
            return before;
        }
        boolean main = voice.flatMap(v -> v.main().mid()).equals(mid);
        boolean source =
                wish.sends() ? main : sourcePlace.filter(last -> last == place).isPresent();
        return audio(main ? wish : MediaDirection.INACTIVE, source, mid, transport);
    }

    private static boolean isLive(SdpMedia section, String kind) {
        return section.kind().equals(kind) && section.port() != 0;
    }

    private SdpMedia audio(MediaDirection direction, boolean source, Optional<String> mid, LocalTransport transport) {
        List<AudioFormat> formats = new ArrayList<>();
        codecs.forEach(codec -> formats.add(local.format(codec, payloadTypes.of(codec))));
        if (codecs.stream().anyMatch(AudioCodec::takesComfortNoise)) {
            formats.add(AudioFormat.COMFORT_NOISE);
        }
        // RFC 4733 section 2.1: one for each clock in use. Firefox (ESR 153) takes 8000 alone, beside Opus too.
        Stream.concat(codecs.stream().map(AudioCodec::clockRateHz), Stream.of(EVENTS_FOR_ALL_HZ))
                .distinct()
                .forEach(hz -> formats.add(LocalDescription.events(payloadTypes.ofEvents(hz), hz)));
        return local.audio(
                new LocalDescription.Audio(AUDIO_PROTOCOL, formats, AUDIO_LEVEL_ID, MID_ID, direction, source, true),
                mid,
                transport);
    }

    private static Optional<String> freeMid(List<SdpMedia> sections) {
        int number = sections.size();
        while (true) {
            String mid = Integer.toString(number++);
            if (sections.stream()
                    .noneMatch(s -> s.attribute("mid").filter(mid::equals).isPresent())) {
                return Optional.of(mid);
            }
        }
    }

    /** The other side answered our offer. */
    public void accept(Proposal proposal) throws SdpException {
        if (state != SignalingState.HAVE_LOCAL_OFFER) {
            throw new SdpException("an answer, and nothing was offered");
        }
        if (proposal.remote().sections().size() != offeredSections) {
            throw new SdpException("has not the " + offeredSections + " sections of the offer");
        }
        List<SdpMedia> settled = new ArrayList<>();
        for (RemoteSection section : proposal.remote().sections()) {
            SdpMedia media = section.media();
            settled.add(section.kind() == RemoteSection.Kind.OTHER ? LocalDescription.refused(media) : media);
        }
        settle(proposal, settled);
    }

    private void settle(Proposal proposal, List<SdpMedia> settled) {
        sections = List.copyOf(settled);
        voice = proposal.voice();
        sourcePlace = sourcePlace(voice);
        agreed = Optional.of(proposal.agreement());
        proposal.remote().audio().forEach(section -> payloadTypes.learn(section.formats()));
        state = SignalingState.STABLE;
    }

    /** Takes our offer back (RFC 8829 section 4.1.10.2). */
    public void rollback() {
        state = SignalingState.STABLE;
    }
}
