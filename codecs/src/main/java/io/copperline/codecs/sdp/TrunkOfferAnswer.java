package io.copperline.codecs.sdp;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.srtp.SrtpKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Offer and answer for one dialog on a trunk: RTP audio (RFC 3264), plain or with keys in the SDP (RFC 4568). It remembers what
 * must stay the same from one description to the next: our session id, the order of sections, payload types, keys. Owned by
 * one leg.
 */
public final class TrunkOfferAnswer {
    /** Our number for digits in offers: what almost everyone uses, and sipp insists on. */
    private static final int TELEPHONE_EVENT_PAYLOAD_TYPE = 101;

    private static final int TELEPHONE_EVENT_CLOCK_HZ = 8_000;

    private final long sessionId;
    private final TrunkCrypto crypto;
    private long version;
    private String lastBody = "";

    /** Our wish, which answers must not exceed: while we hold the peer, a refresh from it does not resume. */
    private MediaDirection wanted = MediaDirection.SENDRECV;

    private LocalAudio offered;
    private Optional<MediaDirection> directionBeforeOffer = Optional.empty();

    /** All sections of the session so far, ours among them: a later offer keeps their number and order (section 8). */
    private List<SdpMedia> sections = List.of();

    private int audioSection;
    private Optional<SdpOrigin> remoteOrigin = Optional.empty();
    private Optional<Answer> lastAnswer = Optional.empty();
    private Optional<LocalAudio> lastLocal = Optional.empty();

    /** Whether the peer and we have agreed on a transport that promises SRTP: later offers of ours keep to it. */
    private boolean secure;

    /**
     * @param sessionId a number that no other session of ours has
     * @param random fills an array with bytes that nobody can guess: our keys
     */
    public TrunkOfferAnswer(long sessionId, Consumer<byte[]> random) {
        this.sessionId = sessionId & Long.MAX_VALUE;
        crypto = new TrunkCrypto(random);
    }

    /** Our answer to an offer, and what it comes to. */
    public record Answer(String sdp, NegotiatedAudio audio) {
        /** Without the SDP, which may hold a key. */
        @Override
        public String toString() {
            return "Answer[" + audio + "]";
        }
    }

    /** Makes our offer. Its version rises only when something differs from what we said last (section 8). */
    public String offer(LocalAudio local, MediaDirection direction) {
        offered = local;
        directionBeforeOffer = Optional.of(wanted);
        wanted = direction;
        List<AudioFormat> formats = new ArrayList<>();
        for (AudioCodec codec : local.codecs()) {
            formats.add(format(codec));
        }
        if (local.telephoneEvent()) {
            formats.add(telephoneEvent(TELEPHONE_EVENT_PAYLOAD_TYPE));
        }
        String protocol = secure ? AudioSections.SECURE : local.srtp().offeredProtocol();
        List<SdpAttribute> keys = local.srtp() == SrtpPolicy.OFF ? List.of() : crypto.offer();
        return publish(local, section(local, formats, protocol, direction, keys));
    }

    /**
     * Offers what we said last, word for word: a sign of life that changes nothing (RFC 4028 section 7.4). Only after a first offer
     * or answer.
     */
    public String repeat(LocalAudio local) {
        offered = local;
        directionBeforeOffer = Optional.of(wanted);
        return write(RemoteAddress.connection(local.rtp().getAddress()), version);
    }

    /** Reads the answer to our offer. Called again for another early dialog's answer and for the final one. */
    public NegotiatedAudio onAnswer(String sdp) throws SdpException, NoCommonCodec {
        SdpSession session = SdpSession.parse(sdp);
        SdpMedia section = AudioSections.find(session, offered.srtp());
        remoteOrigin = Optional.of(session.origin());
        AudioFormat chosen = choose(section, offered);
        AudioCodec codec = chosen.codec().orElseThrow();
        Optional<AudioFormat> events = offered.telephoneEvent() ? events(section) : Optional.empty();
        Optional<SrtpKeys> keys = offered.srtp() == SrtpPolicy.OFF ? Optional.empty() : crypto.onAnswer(section);
        secure = AudioSections.isSecure(section.protocol());
        return negotiated(
                session,
                section,
                offered,
                chosen,
                ourType(format -> format.codec().equals(chosen.codec()), payloadType(codec)),
                events,
                events.isPresent() ? ourType(AudioFormat::isTelephoneEvent, TELEPHONE_EVENT_PAYLOAD_TYPE) : -1,
                keys);
    }

    /** The number that our own description has for a format: in a repeated answer it is the peer's choice. */
    private int ourType(Predicate<AudioFormat> format, int otherwise) {
        return AudioFormat.of(sections.get(audioSection)).stream()
                .filter(format)
                .mapToInt(AudioFormat::payloadType)
                .findFirst()
                .orElse(otherwise);
    }

    /** Answers an offer. The same offer again (a refresh) gets the same answer. */
    public Answer onOffer(String sdp, LocalAudio local) throws SdpException, NoCommonCodec {
        SdpSession session = SdpSession.parse(sdp);
        if (lastAnswer.isPresent()
                && remoteOrigin.equals(Optional.of(session.origin()))
                && lastLocal.equals(Optional.of(local))) {
            return lastAnswer.get();
        }
        SdpMedia section = AudioSections.find(session, local.srtp());
        AudioFormat chosen = choose(section, local);
        Optional<AudioFormat> events = local.telephoneEvent() ? events(section) : Optional.empty();
        int eventType = events.map(AudioFormat::payloadType).orElse(-1);
        Optional<TrunkCrypto.Accepted> accepted =
                local.srtp() == SrtpPolicy.OFF ? Optional.empty() : crypto.onOffer(section);
        Optional<SrtpKeys> keys = accepted.map(TrunkCrypto.Accepted::keys);
        NegotiatedAudio audio =
                negotiated(session, section, local, chosen, chosen.payloadType(), events, eventType, keys);
        secure = AudioSections.isSecure(section.protocol());
        sections = session.media().stream().map(SdpMedia::refused).toList();
        audioSection = session.media().indexOf(section);
        remoteOrigin = Optional.of(session.origin());
        List<AudioFormat> formats = new ArrayList<>(List.of(chosen));
        events.ifPresent(formats::add);
        List<SdpAttribute> line =
                accepted.map(TrunkCrypto.Accepted::line).stream().toList();
        SdpMedia ours = section(local, formats, section.protocol(), audio.direction(), line);
        Answer answer = new Answer(publish(local, ours), audio);
        lastAnswer = Optional.of(answer);
        lastLocal = Optional.of(local);
        return answer;
    }

    /** Our offer was refused: what was agreed before holds again. */
    public void rollback() {
        directionBeforeOffer.ifPresent(before -> wanted = before);
        directionBeforeOffer = Optional.empty();
    }

    /** The peer's first choice among ours (RFC 3264 section 6.1). */
    private static AudioFormat choose(SdpMedia section, LocalAudio local) throws NoCommonCodec {
        for (AudioFormat format : AudioFormat.of(section)) {
            if (format.codec().filter(local.codecs()::contains).isPresent()) {
                return format;
            }
        }
        throw new NoCommonCodec("ours: " + local.codecs() + ", theirs: "
                + AudioFormat.of(section).stream()
                        .map(AudioFormat::encodingName)
                        .limit(10)
                        .toList());
    }

    private static Optional<AudioFormat> events(SdpMedia section) {
        return AudioFormat.of(section).stream()
                .filter(f -> f.isTelephoneEvent() && f.clockRateHz() == TELEPHONE_EVENT_CLOCK_HZ)
                .findFirst();
    }

    private NegotiatedAudio negotiated(
            SdpSession session,
            SdpMedia section,
            LocalAudio local,
            AudioFormat chosen,
            int receivePayloadType,
            Optional<AudioFormat> events,
            int receiveEventType,
            Optional<SrtpKeys> keys)
            throws SdpException {
        var rtp = RemoteAddress.rtp(session, section);
        MediaDirection theirs = session.direction(section);
        // Section 8.4: 0.0.0.0 is hold as people did it before sendonly.
        boolean weSend = wanted.sends() && theirs.receives() && rtp.isPresent();
        boolean weReceive = wanted.receives() && theirs.sends();
        return new NegotiatedAudio(
                chosen.codec().orElseThrow(),
                chosen.payloadType(),
                receivePayloadType,
                events.map(AudioFormat::payloadType).orElse(-1),
                receiveEventType,
                TELEPHONE_EVENT_CLOCK_HZ,
                PacketTime.chosen(section, chosen.codec().orElseThrow(), local.ptimeMillis()),
                MediaDirection.of(weSend, weReceive),
                rtp,
                RemoteAddress.rtcp(section, rtp),
                keys);
    }

    private static SdpMedia section(
            LocalAudio local,
            List<AudioFormat> formats,
            String protocol,
            MediaDirection direction,
            List<SdpAttribute> keys) {
        List<SdpAttribute> attributes = new ArrayList<>(keys);
        for (AudioFormat format : formats) {
            String type = Integer.toString(format.payloadType());
            String channels = format.channels() > 1 ? "/" + format.channels() : "";
            attributes.add(new SdpAttribute(
                    "rtpmap", type + " " + format.encodingName() + "/" + format.clockRateHz() + channels));
            if (format.isTelephoneEvent()) {
                attributes.add(new SdpAttribute("fmtp", type + " 0-15"));
            }
        }
        attributes.add(new SdpAttribute("ptime", Integer.toString(local.ptimeMillis())));
        attributes.add(SdpAttribute.of(direction.attribute()));
        if (local.rtcpPort() != local.rtp().getPort() + 1) {
            attributes.add(new SdpAttribute("rtcp", Integer.toString(local.rtcpPort())));
        }
        List<String> types =
                formats.stream().map(f -> Integer.toString(f.payloadType())).toList();
        return new SdpMedia("audio", local.rtp().getPort(), protocol, types, Optional.empty(), attributes);
    }

    private String publish(LocalAudio local, SdpMedia audio) {
        List<SdpMedia> all = new ArrayList<>(sections);
        if (all.isEmpty()) {
            all.add(audio);
        } else {
            all.set(audioSection, audio);
        }
        sections = List.copyOf(all);
        String address = RemoteAddress.connection(local.rtp().getAddress());
        String body = write(address, 0);
        if (!body.equals(lastBody)) {
            lastBody = body;
            version++;
        }
        return write(address, version);
    }

    private String write(String address, long bodyVersion) {
        SdpOrigin origin = new SdpOrigin("-", Long.toString(sessionId), Long.toString(bodyVersion), address);
        return new SdpSession(origin, Optional.of(address), List.of(), sections).write();
    }

    private static AudioFormat format(AudioCodec codec) {
        return new AudioFormat(payloadType(codec), codec.encodingName(), codec.clockRateHz(), codec.channels(), "");
    }

    private static int payloadType(AudioCodec codec) {
        return codec.staticPayloadType() >= 0 ? codec.staticPayloadType() : 96;
    }

    private static AudioFormat telephoneEvent(int payloadType) {
        return new AudioFormat(payloadType, "telephone-event", TELEPHONE_EVENT_CLOCK_HZ, 1, "0-15");
    }
}
