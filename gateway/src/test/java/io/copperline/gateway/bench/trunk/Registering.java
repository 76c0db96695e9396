package io.copperline.gateway.bench.trunk;

import io.copperline.codecs.Secret;
import io.copperline.codecs.audio.AudioCodec;
import io.copperline.sip.Account;
import io.copperline.sip.Accounts;
import io.copperline.sip.SipEndpoint;
import io.copperline.sip.SipSettings;
import io.copperline.sip.SipTransport;
import io.copperline.sip.Trunk;
import io.copperline.sip.TrunkSettings;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program: trunks with many accounts, each of which registers again as soon as it may. Runs until its input ends. */
final class Registering {
    private static final int TRUNKS = 8;
    private static final long LOOK_MILLIS = 20;

    private Registering() {}

    /** @param arguments the registrar's port, and how many accounts there are */
    public static void main(String[] arguments) throws Exception {
        Quiet.logNothing();
        int port = Integer.parseInt(arguments[0]);
        int accounts = Integer.parseInt(arguments[1]);
        List<TrunkSettings> trunks = new ArrayList<>();
        for (int t = 0; t < TRUNKS; t++) {
            trunks.add(trunk(t, port, accounts / TRUNKS));
        }
        SipSettings settings = new SipSettings(
                "127.0.0.1", "", 0, 0, 0, Optional.empty(), "Copperline bench", List.of(), Answering.NOTHING_SHED);
        try (SipEndpoint sip = SipEndpoint.start(
                settings, trunks, call -> call.refuse(486, 17), InstantSource.system(), new SecureRandom())) {
            while (System.in.available() == 0) {
                sip.trunks().forEach(Trunk::onTime);
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
            System.out.println(sip.registrations());
        }
    }

    private static TrunkSettings trunk(int index, int port, int accounts) {
        List<Account> all = new ArrayList<>();
        for (int a = 0; a < accounts; a++) {
            all.add(new Account("user-" + index + "-" + a, Optional.of(new Secret(ScriptedRegistrar.PASSWORD))));
        }
        return TrunkSettings.to("trunk-" + index, "127.0.0.1", port, SipTransport.UDP)
                .codecs(AudioCodec.PCMU)
                .register(true)
                .accounts(new Accounts(all, false))
                .build();
    }
}
