package io.copperline.codecs.sdp;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.srtp.SrtpKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Offer and answer for one dialog on a trunk: RTP audio (RFC 3264), plain or with keys in the SDP (RFC 4568). It remembers what
 * must stay the same from one description to the next: our session id, the order of sections, payload types, keys. Owned by
 * one leg.
 */
public final class TrunkOfferAnswer {
    private static final String RTCP_MUX = "rtcp-mux";
    private static final String EXTENDED_REPORTS = "rtcp-xr";
    private static final String VOIP_METRICS = "voip-metrics";

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

    /**
     * Whether an offer could be answered by somebody who has these codecs and this policy: what {@link #onOffer} would say of it, before there
     * is an address to answer with.
     */
    public static void check(String sdp, List<AudioCodec> codecs, SrtpPolicy srtp) throws SdpException, NoCommonCodec {
        TrunkFormats.chosen(AudioSections.find(SdpSession.parse(sdp), srtp), codecs);
    }

    /** Makes our offer. Its version rises only when something differs from what we said last (section 8). */
    public String offer(LocalAudio local, MediaDirection direction) {
        offered = local;
        directionBeforeOffer = Optional.of(wanted);
        wanted = direction;
        String protocol = secure ? AudioSections.SECURE : local.srtp().offeredProtocol();
        List<SdpAttribute> keys = local.srtp() == SrtpPolicy.OFF ? List.of() : crypto.offer();
        return publish(local, section(local, TrunkFormats.offered(local), protocol, direction, local.rtcpMux(), keys));
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
        AudioFormat chosen = TrunkFormats.chosen(section, offered.codecs());
        AudioCodec codec = chosen.codec().orElseThrow();
        Optional<AudioFormat> events = events(section, offered, codec);
        int eventType = events.map(
                        e -> ourType(f -> f.isTelephoneEvent() && f.clockRateHz() == e.clockRateHz(), e.payloadType()))
                .orElse(-1);
        Optional<SrtpKeys> keys = offered.srtp() == SrtpPolicy.OFF ? Optional.empty() : crypto.onAnswer(section);
        secure = AudioSections.isSecure(section.protocol());
        return negotiated(
                session,
                section,
                offered,
                chosen,
                ourType(format -> format.codec().equals(chosen.codec()), TrunkFormats.payloadType(codec)),
                events,
                eventType,
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
        AudioFormat chosen = TrunkFormats.chosen(section, local.codecs());
        Optional<AudioFormat> events = events(section, local, chosen.codec().orElseThrow());
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
        if (audio.comfortNoise()) {
            formats.add(AudioFormat.COMFORT_NOISE);
        }
        events.ifPresent(formats::add);
        List<SdpAttribute> line =
                accepted.map(TrunkCrypto.Accepted::line).stream().toList();
        SdpMedia ours = section(local, formats, section.protocol(), audio.direction(), audio.rtcpMux(), line);
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

    private static Optional<AudioFormat> events(SdpMedia section, LocalAudio local, AudioCodec codec) {
        return local.telephoneEvent() ? TrunkFormats.events(section, codec) : Optional.empty();
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
        AudioCodec codec = chosen.codec().orElseThrow();
        boolean mux = local.rtcpMux() && section.has(RTCP_MUX);
        MediaDirection theirs = session.direction(section);
        // Section 8.4: 0.0.0.0 is hold as people did it before sendonly.
        boolean weSend = wanted.sends() && theirs.receives() && rtp.isPresent();
        boolean weReceive = wanted.receives() && theirs.sends();
        return new NegotiatedAudio(
                codec,
                chosen.payloadType(),
                receivePayloadType,
                events.map(AudioFormat::payloadType).orElse(-1),
                receiveEventType,
                events.map(AudioFormat::clockRateHz).orElse(codec.clockRateHz()),
                PacketTime.chosen(section, codec, local.ptimeMillis()),
                MediaDirection.of(weSend, weReceive),
                rtp,
                mux ? rtp : RemoteAddress.rtcp(section, rtp),
                keys,
                local.comfortNoise() && TrunkFormats.comfortNoise(section, codec),
                mux,
                asksForVoipMetrics(session, section));
    }

    /** RFC 3611 section 5.2: whoever names a block is to be sent it. */
    private static boolean asksForVoipMetrics(SdpSession session, SdpMedia section) {
        return session.effective(section, EXTENDED_REPORTS).stream()
                .flatMap(blocks -> Stream.of(blocks.split(" ")))
                .anyMatch(VOIP_METRICS::equals);
    }

    private static SdpMedia section(
            LocalAudio local,
            List<AudioFormat> formats,
            String protocol,
            MediaDirection direction,
            boolean mux,
            List<SdpAttribute> keys) {
        List<SdpAttribute> attributes = new ArrayList<>(keys);
        formats.forEach(format -> attributes.addAll(TrunkFormats.lines(format)));
        attributes.add(new SdpAttribute("ptime", Integer.toString(local.ptimeMillis())));
        attributes.add(SdpAttribute.of(direction.attribute()));
        if (local.rtcpPort() != local.rtp().getPort() + 1) {
            attributes.add(new SdpAttribute("rtcp", Integer.toString(local.rtcpPort())));
        }
        if (mux) { // RFC 5761 section 5.1.1: beside a=rtcp, for peers that do not know it
            attributes.add(SdpAttribute.of(RTCP_MUX));
        }
        if (local.voipMetrics()) {
            attributes.add(new SdpAttribute(EXTENDED_REPORTS, VOIP_METRICS));
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
}
