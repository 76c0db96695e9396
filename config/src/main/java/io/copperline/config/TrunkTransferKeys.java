package io.copperline.config;

import io.copperline.sip.Redirects;
import io.copperline.sip.Transfers;

/** The keys of a trunk that say where the carrier may send a call of ours. */
final class TrunkTransferKeys {
    static final Key<Transfers.Refer> REFER = Key.of(
            "refer",
            Types.oneOf(Transfers.Refer.class),
            "refuse",
            "Whether the carrier may hand a caller on (REFER), by a call of ours to whomever it names: refuse or accept.");
    static final Key<Redirects> REDIRECTS = Key.of(
            "redirects",
            Types.oneOf(Redirects.class),
            "same-trunk",
            "Which redirections (3xx) are followed: off, same-trunk (to the carrier's own servers), or routes (to a number,"
                    + " by routes.outbound).");

    private TrunkTransferKeys() {}

    static Transfers read(Fields trunk) {
        return new Transfers(trunk.one(REFER), trunk.one(REDIRECTS));
    }
}
