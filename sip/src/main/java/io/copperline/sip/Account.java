package io.copperline.sip;

import io.copperline.codecs.Secret;
import io.copperline.sip.digest.DigestClient;
import java.util.List;
import java.util.Optional;

/**
 * One account at a carrier.
 *
 * @param username for digest authentication, registration and From
 * @param password its password
 * @param realm the realm that it is for; empty: any that challenges it
 * @param numbers the callers, in E.164, whose calls go out by it
 * @param registers whether it registers where its trunk does; one that only answers a proxy's challenges does not
 */
public record Account(
        String username, Optional<Secret> password, Optional<String> realm, List<String> numbers, boolean registers) {
    public Account {
        numbers = List.copyOf(numbers);
    }

    /** An account that is for everybody. */
    public Account(String username, Optional<Secret> password) {
        this(username, password, Optional.empty(), List.of(), true);
    }

    /** Whether it is there for this realm by name. */
    boolean isFor(String challenging) {
        return realm.filter(challenging::equals).isPresent();
    }

    Optional<DigestClient.Login> login() {
        return password.map(secret -> new DigestClient.Login(username, secret));
    }
}
