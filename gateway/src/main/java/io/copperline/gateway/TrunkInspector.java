package io.copperline.gateway;

import io.copperline.config.CopperlineSettings;
import io.copperline.gateway.call.Admission;
import io.copperline.gateway.call.TrunkUse;
import io.copperline.gateway.doctor.Finding;
import io.copperline.gateway.doctor.TestCall;
import io.copperline.gateway.doctor.TrunkDoctor;
import io.copperline.gateway.media.Media;
import io.copperline.gateway.web.TrunkInspection;
import io.copperline.sip.SipEndpoint;
import io.copperline.sip.Trunk;
import io.copperline.sip.TrunkState;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The running gateway's trunks, as operators ask about them. A test has SIP ports of its own, and the gateway's own media. */
record TrunkInspector(
        CopperlineSettings settings,
        SipEndpoint sip,
        Admission admission,
        Media media,
        InstantSource clock,
        LongSupplier nowNanos,
        SecureRandom random)
        implements TrunkInspection {
    @Override
    public Map<String, TrunkState> states() {
        Map<String, TrunkState> states = new LinkedHashMap<>();
        for (Trunk trunk : sip.trunks()) {
            states.put(trunk.name(), trunk.state());
        }
        return states;
    }

    @Override
    public TrunkUse use(String trunk) {
        return admission.use(trunk, clock.instant());
    }

    @Override
    public void examine(String trunk, Optional<String> call, Optional<String> from, Consumer<Finding> told) {
        Optional<TestCall> wish = call.map(number -> TestCall.of(settings, number, from, Optional.of(media)));
        new TrunkDoctor(settings.sip(), sip.trunk(trunk).settings(), wish, clock, nowNanos, random, told).examine();
    }
}
