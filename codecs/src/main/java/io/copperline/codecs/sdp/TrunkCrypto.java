package io.copperline.codecs.sdp;

import io.copperline.codecs.srtp.SrtpKey;
import io.copperline.codecs.srtp.SrtpKeys;
import io.copperline.codecs.srtp.SrtpProfile;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The keys of one dialog on a trunk (SDES, RFC 4568). Ours stay the same from one description to the next, so that a mere
 * refresh resets nothing, until the peer comes with another key of its own: then both directions begin anew.
 */
final class TrunkCrypto {
    /** Best first: AES-CM costs half of GCM in Java, and every device has it. The short tag is for those that have nothing else. */
    private static final List<SrtpProfile> OFFERED = List.of(
            SrtpProfile.AES_CM_128_HMAC_SHA1_80,
            SrtpProfile.AEAD_AES_128_GCM,
            SrtpProfile.AEAD_AES_256_GCM,
            SrtpProfile.AES_CM_128_HMAC_SHA1_32);

    private final Consumer<byte[]> random;
    private final Map<SrtpProfile, SrtpKey> own = new EnumMap<>(SrtpProfile.class);
    private Optional<SrtpKey> remote = Optional.empty();

    /** @param random fills an array with bytes that nobody can guess */
    TrunkCrypto(Consumer<byte[]> random) {
        this.random = random;
    }

    /** What both sides agreed on, and our line in the answer that says so. */
    record Accepted(SrtpKeys keys, SdpAttribute line) {}

    /** The lines of our offer; each suite has a key of its own (section 5.1.1). */
    List<SdpAttribute> offer() {
        List<SdpAttribute> lines = new ArrayList<>();
        for (SrtpProfile profile : OFFERED) {
            lines.add(new CryptoAttribute(tag(profile), own(profile)).reveal());
        }
        return lines;
    }

    /** Reads the line of an answer to {@link #offer}: empty where the answer is a plain one. */
    Optional<SrtpKeys> onAnswer(SdpMedia section) throws NoCommonEncryption {
        Optional<CryptoAttribute> line =
                CryptoAttribute.usable(section).stream().findFirst();
        remote = line.map(CryptoAttribute::key);
        boolean offered = line.filter(l -> l.tag() == tag(l.key().profile())).isPresent();
        if (!offered && section.has(CryptoAttribute.NAME)) { // section 5.1.3
            throw new NoCommonEncryption("answers with an a=crypto line that was not offered");
        }
        return line.map(l -> new SrtpKeys(own(l.key().profile()), l.key()));
    }

    /** Chooses the first line that we can use of an offer (section 5.1.2): empty where there is none. */
    Optional<Accepted> onOffer(SdpMedia section) {
        Optional<CryptoAttribute> line =
                CryptoAttribute.usable(section).stream().findFirst();
        Optional<SrtpKey> theirs = line.map(CryptoAttribute::key);
        if (!theirs.equals(remote)) {
            own.clear();
        }
        remote = theirs;
        return line.map(this::accept);
    }

    private Accepted accept(CryptoAttribute line) {
        SrtpKey ours = own(line.key().profile());
        return new Accepted(new SrtpKeys(ours, line.key()), new CryptoAttribute(line.tag(), ours).reveal());
    }

    private SrtpKey own(SrtpProfile profile) {
        return own.computeIfAbsent(profile, this::fresh);
    }

    private SrtpKey fresh(SrtpProfile profile) {
        byte[] material = new byte[profile.keyBytes() + profile.saltBytes()];
        random.accept(material);
        return SrtpKey.of(profile, material);
    }

    private static int tag(SrtpProfile profile) {
        return OFFERED.indexOf(profile) + 1;
    }
}
