package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.gateway.FreePorts;
import io.copperline.gateway.Gateway;
import io.copperline.sip.DialogSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Calls beyond the channels of their trunk, and beyond the limits of a rule for calls in. Who calls in vain, or is called last, is sipp. */
class ChannelsIT {
    private static final Path DIRECTORY = Stage.emptyDirectory(ChannelsIT.class);
    private static final String RECORDS = "jdbc:h2:mem:channels;DB_CLOSE_DELAY=-1";
    private static final String FORWARDED = "+12025550150";
    private static final String ONE_AT_ONCE = "+12025550151";
    private static final String BACK = "+12025550152";
    private static final int SPARE = FreePorts.one();
    private static final int STRANGE = FreePorts.one();
    private static final int SIP = FreePorts.one();
    private static final int NEAR = FreePorts.one();
    private static final int FAR = FreePorts.one();
    private static Gateway gateway;
    private static FarEnd near;
    private static FarEnd far;

    @BeforeAll
    static void start() throws Exception {
        String rest = """
                trunks:
                  far: {server: "127.0.0.1:%d", options-interval: 0, limits: {channels: 2}}
                  near: {server: "127.0.0.1:%d", options-interval: 0, limits: {channels: 3}}
                  spare: {server: "127.0.0.1:%d", options-interval: 0}
                routes:
                  outbound:
                    - {prefix: "+1303555", trunks: [far, spare]}
                    - {prefix: "+1404555", trunks: [near]}
                  inbound:
                    - {number: +12025550150, forward: +13035550177}
                    - {number: +12025550151, forward: +13035550178, limits: {calls: 1}}
                    - {number: +12025550152, forward: +14045550100}
                """.formatted(FAR, NEAR, SPARE);
        near = new FarEnd(NEAR, SIP, DialogSettings.USUAL);
        far = new FarEnd(FAR, SIP, DialogSettings.USUAL);
        gateway = GatewayHere.start(DIRECTORY, SIP, RECORDS, rest);
    }

    @AfterEach
    void endCalls() throws Exception {
        near.endCalls();
        far.endCalls();
        awaitUsed("near", 0);
        awaitUsed("far", 0);
        try (Connection database = DriverManager.getConnection(RECORDS);
                Statement statement = database.createStatement()) {
            statement.execute("delete from call_records");
        }
    }

    @AfterAll
    static void stop() {
        gateway.close();
        near.close();
        far.close();
    }

    private static FarCall answered(FarEnd from, String number, FarEnd to) {
        FarCall caller = from.call(number);
        to.nextCall().answer();
        caller.await("answered");
        return caller;
    }

    /** From a port that is no carrier's server, so it is of the first trunk. */
    private static Sipp callsFromFar(String number, String scenario) {
        return Sipp.calls(DIRECTORY, Carrier.at(STRANGE), SIP, number, scenario);
    }

    private static void awaitUsed(String trunk, int channels) {
        String series = "copperline_trunk_channels_used{trunk=\"" + trunk + "\"} " + channels + ".0";
        Await.until(series, () -> metrics().contains(series));
    }

    @Test
    void aCallInBeyondTheChannelsIsSentElsewhereUntilOneIsFree() {
        FarCall first = answered(far, BACK, near);
        FarCall second = far.call(BACK);
        near.nextCall().ring();
        second.await("ringing");
        try (Sipp third = callsFromFar(BACK, "is-told-that-all-lines-are-taken")) {
            third.succeeds();
        }
        assertCounted("inbound", "channels", "trunk");
        assertRecorded(503, 42, "Limit channels: trunk far has%");
        second.hangUp();
        second.await("ended");
        awaitUsed("far", 1);
        answered(far, BACK, near);
        assertTrue(first.end().isEmpty());
    }

    @Test
    void callsInAndOutShareThemAndACallOutTakesTheNextTrunk() {
        answered(far, BACK, near);
        answered(near, FORWARDED, far);
        awaitUsed("far", 2);
        try (Sipp spare = Sipp.answers(DIRECTORY, SPARE, "answers")) {
            FarCall third = near.call(FORWARDED);
            third.await("answered");
            third.hangUp();
            spare.succeeds();
        }
        assertCounted("outbound", "channels", "trunk");
        far.call(BACK).await("ended REMOTE OVERLOAD 503");
    }

    @Test
    void aRuleThatIsFullIsBusy() {
        FarCall first = answered(near, ONE_AT_ONCE, far);
        try (Sipp second = callsFromFar(ONE_AT_ONCE, "is-told-busy")) {
            second.succeeds();
        }
        assertCounted("inbound", "calls", "route");
        assertRecorded(486, 17, "Limit calls: the rule of line %");
        assertTrue(first.end().isEmpty());
    }

    private static String metrics() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + gateway.httpPort() + "/metrics");
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertCounted(String direction, String limit, String of) {
        String series = "copperline_limit_refusals_total{direction=\"%s\",limit=\"%s\",of=\"%s\"}"
                .formatted(direction, limit, of);
        String value = metrics()
                .lines()
                .filter(line -> line.startsWith(series))
                .findFirst()
                .orElseThrow();
        assertFalse(value.endsWith(" 0.0"), value);
    }

    private static void assertRecorded(int status, int q850, String cause) {
        Await.until("the refused call is recorded", () -> {
            try (Connection database = DriverManager.getConnection(RECORDS);
                    Statement statement = database.createStatement();
                    ResultSet rows = statement.executeQuery("select count(*) from call_records where"
                            + " end_code = 'limit-reached' and ended_by = 'gateway' and sip_status = %d and q850 = %d and cause like '%s'"
                                    .formatted(status, q850, cause))) {
                return rows.next() && rows.getInt(1) == 1;
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        });
    }
}
