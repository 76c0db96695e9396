package io.copperline.config;

import io.copperline.sip.SipSettings;
import io.copperline.sip.TrunkSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * All of {@code copperline.yaml}, checked.
 *
 * @param region the two-letter region in which numbers without a country code are read
 * @param trunks in the order of the file
 * @param dataDirectory where the certificate, the embedded database and other state are kept
 */
public record CopperlineSettings(
        String region,
        HttpSettings http,
        AuthSettings auth,
        MediaSettings media,
        List<IceServerSettings> iceServers,
        SipSettings sip,
        List<TrunkSettings> trunks,
        RouteSettings routes,
        RecordSettings records,
        LogSettings log,
        LabSettings lab,
        Path dataDirectory) {
    public CopperlineSettings {
        iceServers = List.copyOf(iceServers);
        trunks = List.copyOf(trunks);
    }
}
