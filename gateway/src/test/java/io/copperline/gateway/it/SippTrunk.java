package io.copperline.gateway.it;

import io.copperline.gateway.FreePorts;
import io.copperline.sip.DialogSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A trunk of our SIP module alone, without the gateway around it, whose carrier is sipp. */
final class SippTrunk implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private static final String NUMBER = "100";

    private final DialogSettings dialogs;
    private final int ownPort = FreePorts.one();
    private final Carrier carrier = Carrier.at(FreePorts.one(), FreePorts.block(4));
    private Path directory;
    private FarEnd trunk;

    SippTrunk(DialogSettings dialogs) {
        this.dialogs = dialogs;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        directory = Stage.emptyDirectory(context.getRequiredTestClass());
        trunk = new FarEnd(ownPort, carrier.port(), dialogs);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        trunk.endCalls();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        trunk.close();
    }

    /** The carrier waits for one call. */
    Sipp answers(String scenario) {
        return Sipp.answers(directory, carrier, scenario);
    }

    /** The carrier calls. */
    Sipp calls(String scenario) {
        return Sipp.calls(directory, carrier, ownPort, NUMBER, scenario, "wire", "" + carrier.media());
    }

    /** The carrier calls, is answered, does what its scenario says, and hangs up. */
    FarCall answered(String scenario) {
        try (Sipp sipp = calls(scenario)) {
            FarCall call = nextCall();
            call.answer();
            sipp.succeeds();
            call.await("ended REMOTE HANGUP");
            return call;
        }
    }

    /** The port that its SDP names first. */
    int media() {
        return carrier.media();
    }

    /** We call. */
    FarCall call() {
        return trunk.call(NUMBER);
    }

    /** Takes the carrier's call. */
    FarCall nextCall() {
        return trunk.nextCall();
    }
}
