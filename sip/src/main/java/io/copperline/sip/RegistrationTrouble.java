package io.copperline.sip;

import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.WireFailure;

/**
 * Why a REGISTER has failed, and what the operator can do.
 *
 * @param status the carrier's, or 0
 * @param credentials whether trying again soon would only lock the account
 */
record RegistrationTrouble(int status, String what, String fix, boolean credentials) {

    static RegistrationTrouble unreachable(WireFailure failure, String what) {
        return new RegistrationTrouble(0, what, TrunkFailure.fix(failure), false);
    }

    static RegistrationTrouble refused(Response response, boolean gin) {
        int status = response.status();
        String what = status + " " + response.reason();
        boolean credentials = status == 401 || status == 403 || status == 407;
        return new RegistrationTrouble(status, what, fix(status, gin), credentials);
    }

    private static String fix(int status, boolean gin) {
        return switch (status) {
            case 401, 403, 407 -> "check the trunk's username and password";
            case 404, 410, 604 -> "the carrier does not know the account: check the trunk's username and server";
            case 420 ->
                gin
                        ? "the carrier does not know GIN (RFC 6140): write register: true"
                        : "ask the carrier which extension it misses";
            case 423 -> "write a longer register-expiry";
            case 408, 480, 500, 503, 504 -> "the carrier is in trouble; it is asked again";
            default -> "ask the carrier what this answer to REGISTER means";
        };
    }
}
