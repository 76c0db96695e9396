package io.copperline.gateway.carrier;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The final answers that were given, so that a copy of a request gets a copy of its answer (RFC 3261 section 17.2). */
final class Transactions {
    private static final int MOST = 500;

    private final Map<String, String> answers = new LinkedHashMap<>();

    Optional<String> answer(String transaction) {
        return Optional.ofNullable(answers.get(transaction));
    }

    void remember(String transaction, String answer) {
        if (answers.size() >= MOST) {
            answers.remove(answers.keySet().iterator().next());
        }
        answers.put(transaction, answer);
    }
}
