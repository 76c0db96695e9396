package io.copperline.sip;

import java.util.List;
import java.util.Optional;

/**
 * As whom a trunk is known to its carrier.
 *
 * @param list its accounts beside the one of its {@code username}
 * @param gin whether a registration is for all numbers of the trunk (RFC 6140), rather than for one user
 */
public record Accounts(List<Account> list, boolean gin) {
    public static final Accounts NONE = new Accounts(List.of(), false);

    public Accounts {
        list = List.copyOf(list);
    }

    /** The account by which this caller's calls go out: the one that has the number, else the first. */
    static Optional<Account> ofCaller(List<Account> accounts, String number) {
        String digits = digits(number);
        return accounts.stream()
                .filter(account -> !digits.isEmpty()
                        && account.numbers().stream()
                                .anyMatch(own -> digits(own).equals(digits)))
                .findFirst()
                .or(() -> accounts.stream().findFirst());
    }

    /** The account that a call to this user comes in by: its own name, or a number of its, else the first. */
    static Optional<Account> ofCalled(List<Account> accounts, String user) {
        return accounts.stream()
                .filter(account -> account.username().equals(user))
                .findFirst()
                .or(() -> ofCaller(accounts, user));
    }

    private static String digits(String number) {
        return number.startsWith("+") ? number.substring(1) : number;
    }
}
