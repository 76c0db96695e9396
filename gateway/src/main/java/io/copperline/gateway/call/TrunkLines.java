package io.copperline.gateway.call;

import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.sip.OutgoingCall;
import io.copperline.sip.SipLeg;
import io.copperline.sip.SipLegListener;
import io.copperline.sip.TrunkSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The trunks as a call uses them. */
public interface TrunkLines {
    TrunkSettings settings(String trunk);

    /** Whether nothing is known to be wrong with it. */
    boolean usable(String trunk);

    /** Those that are known to be down come last: an OPTIONS may be wrong, and there is nothing to lose. */
    default List<String> usableFirst(List<String> trunks) {
        Map<Boolean, List<String>> byUse = trunks.stream().collect(Collectors.partitioningBy(this::usable));
        return Stream.concat(byUse.get(true).stream(), byUse.get(false).stream())
                .toList();
    }

    SipLeg call(String trunk, OutgoingCall call, LocalAudio local, Executor owner, SipLegListener listener);
}
